// Keeping the log in order: by number whatever arrives when, what is not sent yet last, each person's run under one head.
const RUN = 600; // seconds between two messages of one person that share a head; as `RUN` in realtime/chat/models/message.py

const MOST = 500;

// Put a message where its number belongs.
export function put(log, node) {
  document.getElementById("nothing-yet")?.remove();
  const number = Number(node.dataset.number || Infinity);
  let before = log.lastElementChild;
  while (before && !(before.matches(".say") && Number(before.dataset.number || Infinity) <= number)) {
    before = before.previousElementSibling;
  }
  if (before) before.after(node);
  else log.append(node);
  group(node);
  const next = node.nextElementSibling;
  if (next?.matches(".say")) group(next);
}

// A tab that is open for days keeps the latest messages only; `earlier` leads to the others.
export function trim(log, earlier) {
  const said = [...log.querySelectorAll(".say[data-number]")];
  const old = said.slice(0, -MOST);
  if (!old.length) return;
  while (log.firstElementChild !== said[old.length]) log.firstElementChild.remove();
  const first = said[old.length];
  first.classList.add("first");
  earlier.hidden = false;
  const link = earlier.querySelector("a");
  const query = new URLSearchParams(link.search);
  query.set("before", first.dataset.number);
  link.search = query;
}

// Show or hide the head of a message, and the day above it, by what stands before it.
export function group(node) {
  let before = node.previousElementSibling;
  const { author, place, at, day } = node.dataset;
  const last = before?.matches(".say") ? before.dataset : null;
  if (day && last?.day && last.day !== day) before = divide(node, day);
  const goesOn = before?.matches(".say") && last.author === author && last.place === place;
  node.classList.toggle("first", !(goesOn && !(at - last.at >= RUN)));
}

function divide(node, day) {
  const divider = document.createElement("p");
  divider.className = "divider day";
  divider.append(Object.assign(document.createElement("span"), { textContent: day }));
  node.before(divider);
  return divider;
}
