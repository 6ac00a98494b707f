// One answer for several files, where that is honest: pictures of nobody, music of one's own. Lists of pupils are looked
// at one by one. A box for all of a kind ticks each of them.
import { parse } from "../live/place.js";

const FOR_EACH = "pupils";

export function offer(element) {
  const boxes = new Map();
  for (const box of element.querySelectorAll(".upload [name=sure]")) {
    const [kind] = box.value.split("-");
    if (kind !== FOR_EACH) boxes.set(kind, [...(boxes.get(kind) ?? []), box]);
  }
  element.querySelectorAll("[data-all]").forEach((old) => old.remove());
  for (const [kind, some] of boxes) if (some.length > 1) element.querySelector(".uploads").append(all(kind, some, element.dataset.all));
}

export function tick(element, box) {
  const kind = box.dataset.kind;
  if (kind) element.querySelectorAll(`.upload [value^="${kind}-"]`).forEach((each) => (each.checked = box.checked));
}

function all(kind, boxes, words) {
  const row = parse(`<li data-all><label class="choice"><input type="checkbox"><span></span></label></li>`);
  row.querySelector("input").dataset.kind = kind;
  row.querySelector("input").checked = boxes.every((box) => box.checked);
  row.querySelector("span").textContent = `${words.replace("%n", boxes.length)} ${boxes[0].closest("label").textContent.trim()}`;
  return row;
}
