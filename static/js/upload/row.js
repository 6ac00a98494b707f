// A file on its way: the row that shows it, from waiting to what became of it.
import { parse } from "../live/place.js";

const EMPTY = `<li class="upload"><span></span><bdi></bdi><span class="cluster"></span><small role="status"></small></li>`;

export class Row {
  constructor(file, words, deeds) {
    Object.assign(this, { file, words, deeds });
    this.show(parse(EMPTY), "waits");
    this.node.querySelector("bdi").textContent = file.name;
    if (file.size > Number(words.most)) this.isTooLarge();
    else this.waits();
  }

  waits() {
    this.state = "waits";
    this.isAway = false;
    this.bar?.remove();
    this.say(this.words.waits);
    this.buttons();
  }

  // Said before a byte is sent.
  isTooLarge() {
    this.state = "large";
    this.say(this.words.large);
  }

  // Whether it would go now: it waits, or all that was asked about it has been answered.
  get isReady() {
    const asked = [...this.node.querySelectorAll("[name=sure]")];
    return this.state === "waits" || (this.state === "refused" && asked.length > 0 && asked.every((box) => box.checked));
  }

  say(words) {
    this.node.querySelector("small").textContent = words;
  }

  begins() {
    this.state = "sending";
    this.bar ??= Object.assign(document.createElement("progress"), { className: "progress", max: 1 });
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", this.file.name);
    this.node.append(this.bar);
    this.say(this.words.sending);
  }

  gets(share) {
    this.bar.value = share;
    if (share === 1) this.say(this.words.checking);
  }

  broke() {
    this.say(this.words.broken);
  }

  goesOn(share) {
    this.gets(share);
    this.say(share ? this.words.onward.replace("%n", Math.floor(share * 100)) : this.words.sending);
  }

  // The line stayed broken, or the server could not: the row stays as it is and says so.
  breaks(words, isAway = false) {
    Object.assign(this, { state: "broken", isAway });
    this.bar?.remove();
    this.say(words);
    this.buttons();
  }

  // What the server says became of it takes the row's place.
  becomes(node, isDone) {
    const old = this.node;
    this.bar = null;
    this.show(node, isDone ? "done" : "refused");
    old.replaceWith(node);
  }

  show(node, state) {
    Object.assign(this, { node, state });
    if (state !== "done") this.buttons();
  }

  buttons() {
    const place = this.node.querySelector(".cluster") ?? parse(`<span class="cluster"></span>`);
    if (!this.node.contains(place)) this.node.append(place);
    const isOver = ["refused", "broken"].includes(this.state);
    const again = this.isAway ? this.words.goOn : this.words.again;
    place.replaceChildren(
      ...(isOver ? [this.button(again, () => this.deeds.again(this))] : []),
      this.button(this.words.stop, () => this.deeds.drop(this)),
    );
  }

  button(words, deed) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button ghost small", textContent: words });
    made.setAttribute("aria-label", `${words}: ${this.file.name}`);
    made.addEventListener("click", deed);
    return made;
  }
}
