// Menus are <details> and work without this: it adds Esc, closing on an outside click, and "/" for the search field.

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

const isTyping = (node) => node.closest("input, textarea, select, [contenteditable]");

document.addEventListener("click", (event) => closeMenus(event.target.closest("details.drop")));

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeTopMenu();
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const find = document.getElementById("find");
  if (find?.offsetParent) {
    event.preventDefault();
    find.focus();
  }
});

// Signing out leaves no text behind in this browser (see draft/copy.js).
document.addEventListener("submit", (event) => {
  if (!event.target.action.endsWith("/sign-out/")) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft ")) localStorage.removeItem(key);
});
