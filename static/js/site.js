// Menus are <details> and work without this: it adds Esc and closing on an outside click. What is rarely used is loaded then.

const openMenus = () => document.querySelectorAll("details.drop[open]");

function closeMenus(except) {
  for (const menu of openMenus()) if (menu !== except) menu.open = false;
}

function closeTopMenu() {
  const menu = [...openMenus()].pop();
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

const isTyping = (node) => node.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

document.addEventListener("click", (event) => closeMenus(event.target.closest("details.drop")));

// Single keys (keys.js), unless the member switched them off, or somebody is typing or has a dialog open.
const hasKeys = document.getElementById("site-nav") && document.documentElement.dataset.keys !== "off";

document.addEventListener("keydown", async (event) => {
  if (event.key === "Escape") closeTopMenu();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea.letter")) {
    event.target.form.requestSubmit(event.target.form.querySelector(".primary"));
  }
  const isOurs = hasKeys && /^([a-z0-9?/U]|Enter)$/.test(event.key);
  if (!isOurs || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "/") event.preventDefault(); // a browser may have its own use for it
  const keys = await import("./keys.js").catch(() => null);
  keys?.press(event);
});

// What nobody waits for is fetched when the page stands and is quiet: reading comes first.
const quietly = (selector, time, fetched) =>
  document.querySelector(selector) && setTimeout(() => fetched().catch(() => null), time);

addEventListener("load", () => {
  quietly("read-mark", 1000, () => import("./elements/read-mark.js"));
  quietly("[data-counts]", 2500, () => import("./counts.js"));
});

// Of the places in the timeline, the one that was jumped to is where one is.
addEventListener("hashchange", () => {
  const links = [...document.querySelectorAll(".timeline a")];
  const here = links.find((link) => link.hash === location.hash);
  for (const link of here ? links : []) {
    if (link === here) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    link.parentElement.classList.toggle("here", link === here);
  }
});

// Signing out leaves no text behind in this browser (see draft/copy.js).
document.addEventListener("submit", (event) => {
  if (!event.target.action.endsWith("/sign-out/")) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft ")) localStorage.removeItem(key);
});
