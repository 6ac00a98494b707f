// What was typed and is not saved on the server yet, kept in this browser: never on a shared computer, and only for the
// member who typed it. Signing out empties it (so does the server's Clear-Site-Data, where browsers heed it).
const isShared = document.documentElement.hasAttribute("data-shared");
const PREFIX = "draft ";
export const TAB = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");

// Held for as long as this tab lives: what another open tab is just writing is not for us to recover.
navigator.locks?.request(PREFIX + TAB, () => new Promise(() => {}));

export async function isOpen(tab) {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return tab !== TAB && held.some((lock) => lock.name === PREFIX + tab);
}

export function keep(name, copy) {
  if (isShared) return false;
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify({ ...copy, tab: TAB }));
    return true;
  } catch {
    return false; // full, or not allowed
  }
}

export function kept(name) {
  try {
    return isShared ? null : JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

export function drop(name) {
  if (!isShared) localStorage.removeItem(PREFIX + name);
}

// All copies, or all but those of one member.
export function dropAll(except = null) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && !(except && key.startsWith(`${PREFIX}${except} `))) localStorage.removeItem(key);
  }
}
