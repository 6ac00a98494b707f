// Single keys, as /account/keys/ lists them. A key presses what carries it in `data-key`: of the post or row one is at
// (the one with the focus, else the first in view), or else of the page. A new shortcut needs only that attribute; a link
// of the page may have "j" or "k" itself, where there is a next and a previous page.
const GOING = 1500; // ms for the second key after "g"
const THINGS = "#posts > li[data-number], #main .rows > li";

let going = 0;

// Whether a key is ours to hear: no modifiers, nobody typing, no menu or dialog of the browser's own.
export function press(event) {
  const key = Date.now() < going ? `g ${event.key}` : event.key;
  going = 0;
  if (key === "g") going = Date.now() + GOING;
  else if ((key === "j" || key === "k") && !document.querySelector(`a[data-key=${key}]`)) step(key === "j" ? 1 : -1);
  else if (key === "o" || (key === "Enter" && event.target.matches(THINGS))) open();
  else if (key === "/") find();
  else if (key === "?") help();
  else pressOn(key === "U" ? "Shift+U" : key);
}

const things = () => [...document.querySelectorAll(THINGS)].filter((thing) => thing.checkVisibility());

function here() {
  return document.activeElement.closest(THINGS);
}

function inView() {
  return things().find((thing) => thing.getBoundingClientRect().bottom > 60) ?? null;
}

function step(by) {
  const all = things();
  const at = here() ? all.indexOf(here()) + by : all.indexOf(inView());
  const next = all[Math.max(0, Math.min(at, all.length - 1))];
  if (!next) return;
  const link = next.querySelector("a.title");
  if (!link) next.tabIndex = -1;
  (link ?? next).focus({ preventScroll: true });
  next.scrollIntoView({ block: next.offsetHeight > innerHeight / 2 ? "start" : "nearest" });
}

function open() {
  (here() ?? inView())?.querySelector("a.title, .when a")?.click();
}

function find() {
  const field = document.getElementById("find");
  if (field?.checkVisibility()) field.focus();
  else document.querySelector(".site-tools a[data-key='/']")?.click();
}

// What /me.css does not show to this member is not pressed; what a closed menu holds is.
function isOffered(node) {
  const kept = node.closest(".own, .for-leads, .for-staff, [hidden]");
  return !kept || getComputedStyle(kept).display !== "none";
}

function pressOn(key) {
  const name = `[data-key="${CSS.escape(key)}"]`;
  const ofPost = [...((here() ?? inView())?.querySelectorAll(name) ?? [])];
  const ofPage = [...document.querySelectorAll(name)].filter((node) => !node.closest(THINGS));
  const found = (here() ? [...ofPost, ...ofPage] : [...ofPage, ...ofPost]).find(isOffered);
  if (found?.matches("textarea, [type=radio]")) found.focus();
  if (!found?.matches("textarea")) found?.click();
}

// The list of keys over the page, from its own page; without it, that page.
async function help() {
  const link = document.querySelector("a[data-key='?']");
  if (!link || document.querySelector("dialog[open]")) return;
  const page = await fetch(link.href).then((answer) => answer.text(), () => null);
  const list = page && new DOMParser().parseFromString(page, "text/html").getElementById("keys");
  if (!list) return location.assign(link.href);
  const dialog = Object.assign(document.createElement("dialog"), { className: "dialog keys" });
  const close = Object.assign(document.createElement("button"), { className: "button", textContent: list.dataset.close });
  dialog.append(list, close);
  dialog.setAttribute("aria-labelledby", "keys-h");
  document.body.append(dialog);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}
