// "2 new messages", above where one writes, while one reads further up. Pressing it calls `go`, or follows the link.
import { word } from "../live/place.js";

export class Pill {
  unseen = 0;

  constructor(dock, href, go) {
    this.dock = dock;
    this.link = Object.assign(document.createElement("a"), { className: "pill", href });
    if (go) this.link.addEventListener("click", (event) => (event.preventDefault(), go()));
  }

  add() {
    this.unseen += 1;
    this.link.textContent = word("said", this.unseen);
    this.dock.prepend(this.link);
  }

  clear() {
    this.unseen = 0;
    this.link.remove();
  }
}
