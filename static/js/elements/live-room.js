// <live-room data-follow="room-1" data-since="34">: the room as it is spoken. The log is #messages, the form is in .dock.
//
// Within 100 px of the end the room stays at the end; otherwise nothing moves and a pill says how much is new.
import { follow } from "../live.js";
import { parse, place, swap } from "../live/place.js";
import { keep, kept } from "../room/kept.js";
import { group, put } from "../room/order.js";
import { Outbox } from "../room/outbox.js";
import { Pill } from "../room/pill.js";

const NEAR = 100;

class LiveRoom extends HTMLElement {
  connectedCallback() {
    this.log = this.querySelector("#messages");
    this.dock = this.querySelector(".dock");
    this.isLast = this.log.dataset.last === "true"; // else an earlier page, to which nothing is added
    this.pill = new Pill(this.dock, `${location.pathname}#end`, this.isLast && (() => this.toEnd()));
    this.form = this.querySelector("form.composer");
    if (this.form) this.prepare();
    if (this.isLast && (!location.hash || location.hash === "#end")) this.toEnd();
    this.stop = follow(this.dataset.follow, Number(this.dataset.since), (frame) => this.hear(frame));
    this.seen = () => this.isAtEnd() && this.pill.clear();
    addEventListener("scroll", this.seen, { passive: true });
  }

  disconnectedCallback() {
    this.stop();
    removeEventListener("scroll", this.seen);
  }

  prepare() {
    const field = (this.field = this.form.elements.body);
    const words = this.querySelector("#room-words").dataset;
    this.outbox = new Outbox(this.form, this.querySelector("#sending"), words, (node) => this.show(node, true));
    field.value ||= kept(this.outbox.name + " draft", "");
    field.addEventListener("input", () => this.typed());
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.typed();
  }

  typed() {
    keep(this.outbox.name + " draft", this.field.value);
    this.field.rows = Math.min(8, this.field.value.split("\n").length);
  }

  send() {
    const text = this.field.value.trim();
    if (!text) return;
    if (!this.isLast) return this.form.submit(); // an earlier page: the plain way leads to the end
    this.field.value = "";
    this.typed();
    this.outbox.add(text);
    this.field.focus();
  }

  hear(frame) {
    if (frame.verb === "refresh") return location.reload();
    const there = document.getElementById(frame.id || frame.target);
    if (frame.verb === "remove") return place(frame);
    const node = parse(frame.html);
    const own = this.outbox?.waiting.has(node.dataset.key);
    if (own) this.outbox.confirm(node.dataset.key);
    if (there) {
      swap(there, node);
      group(node);
    } else if (frame.verb === "append" && this.isLast) this.show(node, own);
    else if (frame.verb === "append") this.pill.add();
  }

  show(node, own) {
    const follows = own || this.isAtEnd();
    put(this.log, node);
    if (follows) this.toEnd();
    else if (node.dataset.number) this.pill.add();
  }

  isAtEnd() {
    return this.isLast && this.log.getBoundingClientRect().bottom < innerHeight + NEAR;
  }

  toEnd() {
    this.log.scrollIntoView({ block: "end" });
    this.pill.clear();
  }
}

customElements.define("live-room", LiveRoom);
