// What was typed or not sent yet survives a reload of the tab, unless this is a shared computer: for the member who wrote
// it and nobody else. Another may sign in in the same tab when a session has ended.
const isShared = document.documentElement.hasAttribute("data-shared");
const PREFIX = "unsent ";

export const nameOf = (member, place) => `${PREFIX}${member} ${place}`;

export function dropOthers(member) {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && !key.startsWith(nameOf(member, ""))) sessionStorage.removeItem(key);
  }
}

export function keep(key, value) {
  if (isShared) return;
  const isEmpty = value === "" || value.length === 0;
  if (isEmpty) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(value));
}

export function kept(key, otherwise) {
  if (isShared) return otherwise;
  return JSON.parse(sessionStorage.getItem(key) ?? "null") ?? otherwise;
}
