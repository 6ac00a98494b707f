// What was typed or not sent yet survives a reload of the tab, unless this is a shared computer.
const isShared = document.documentElement.hasAttribute("data-shared");

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
