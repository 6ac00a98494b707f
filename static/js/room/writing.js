// Where one writes in a room: a new message, one in reply to another, or other words for one of one's own.
import { Files } from "./files.js";
import { keep, kept } from "./kept.js";
import { Outbox } from "./outbox.js";
import { Typing } from "./typing.js";

const MOST_ROWS = 8;

export class Writing {
  constructor(room, form) {
    Object.assign(this, { room, form, field: form.elements.body, answering: form.querySelector("#answering"), files: new Files(form) });
    const words = room.querySelector("#room-words").dataset;
    this.outbox = new Outbox(form, room.querySelector("#sending"), words, (node) => room.show(node, true));
    this.typing = new Typing(room.querySelector(".typing"), form, this.outbox.author);
    this.draft = `${this.outbox.name} draft`;
    this.field.value ||= kept(this.draft, "");
    this.field.addEventListener("input", () => (this.typed(), this.typing.tell()));
    this.field.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => (event.preventDefault(), this.send()));
    room.addEventListener("click", (event) => this.clicked(event));
    this.typed();
  }

  typed() {
    if (!this.changing) keep(this.draft, this.field.value);
    this.field.rows = Math.min(MOST_ROWS, this.field.value.split("\n").length);
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) event.preventDefault(), this.send();
    else if (event.key === "Escape") this.leave();
    else if (event.key === "ArrowUp" && !this.field.value && !this.changing) this.changeLast(event);
  }

  send() {
    const text = this.field.value.trim();
    if (this.changing) return this.changing.send(text);
    if (!text && !this.files.any) return;
    if (!this.files.isReady()) return;
    if (!this.room.isLast) return this.form.submit(); // an earlier page: the plain way leads to the end
    const to = this.form.elements.to.value;
    this.leave(), this.put("");
    this.outbox.add({ text, to, files: this.files.handOver() });
    this.field.focus();
  }

  put(text) {
    this.field.value = text;
    this.typed();
  }

  clicked(event) {
    const link = event.target.closest("[data-reply], [data-edit], [data-unanswer]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    const message = link.closest(".say");
    if ("reply" in link.dataset) this.answer(message);
    else if ("edit" in link.dataset) this.change(message);
    else this.leave();
    this.field.focus();
  }

  answer(message) {
    this.leave();
    this.form.elements.to.value = message.dataset.number;
    this.say(this.answering.dataset.words.replace("%name", message.querySelector(".who").textContent));
  }

  changeLast(event) {
    const own = this.room.log.querySelectorAll(`.say[data-number][data-author="${this.outbox.author}"]:not(.gone)`);
    if (!own.length || !this.room.isLast) return;
    event.preventDefault();
    this.change([...own].at(-1));
  }

  async change(message) {
    const address = message.querySelector("[data-edit]").href;
    const module = await import("./changing.js").catch(() => null);
    if (!module) return location.assign(address);
    this.leave();
    this.changing = new module.Changing(this, address);
  }

  // The line above the field, which says what is being written.
  say(words) {
    this.answering.hidden = !words;
    this.answering.querySelector("span").textContent = words;
  }

  // A plain new message again; a half-written one comes back.
  leave() {
    this.form.elements.to.value = this.form.elements.replies?.value ?? ""; // a hidden field has no default of its own
    this.say("");
    if (!this.changing) return;
    this.changing = null;
    this.put(kept(this.draft, ""));
  }
}
