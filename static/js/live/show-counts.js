// Putting counts of unread discussions where they are shown: beside names of groups, on tabs, at rows of a list.
import { word } from "./place.js";

// `groups`: key of group → {news: {key of thread: number of new posts}}.
export function showCounts(groups) {
  for (const place of document.querySelectorAll("[data-unread-in]")) {
    const group = groups[place.dataset.unreadIn];
    if (group) show(place, Object.keys(group.news).length);
  }
  for (const item of document.querySelectorAll(".thread-item[data-read]")) {
    const row = item.querySelector(".thread-row");
    const group = groups[row?.dataset.group];
    if (group) mark(item, row, group.news[row.id.slice(7)] ?? 0);
  }
}

function show(place, number) {
  const words = Object.assign(document.createElement("span"), { className: "vh", textContent: ` ${word("unread")}` });
  place.hidden = number === 0;
  place.replaceChildren(number > 99 ? "99+" : String(number), words);
}

function mark(item, row, number) {
  item.classList.toggle("unread", number > 0);
  const link = item.querySelector(":scope > .new");
  link.hidden = number === 0;
  link.textContent = word("news", number);
}

// The list shows something older than there is: a link to it as it is now, below, so that nothing moves.
export function showNewer(id) {
  const list = document.getElementById("threads");
  if (!list || document.getElementById(id) || document.querySelector(".live-new")) return;
  if (new URLSearchParams(location.search).has("after")) return;
  const link = Object.assign(document.createElement("a"), { className: "pill live-new", textContent: word("fresh") });
  link.href = location.pathname + location.search;
  list.after(link);
}
