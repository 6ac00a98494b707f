// <live-room data-follow="room-1" data-since="34">: the room as it is spoken. The log is #messages, the form is in .dock.
// Within 100 px of the end the room stays at the end; otherwise nothing moves and a pill says how much is new.
import { follow } from "../live.js";
import { fetchPage, parse, place, swap, whenQuiet } from "../live/place.js";
import { Calm } from "../room/calm.js";
import { dropOthers } from "../room/kept.js";
import { group, put, trim } from "../room/order.js";
import { Pill } from "../room/pill.js";
import { Writing } from "../room/writing.js";

const NEAR = 100;

class LiveRoom extends HTMLElement {
  connectedCallback() {
    this.log = this.querySelector("#messages");
    this.isLast = this.log.dataset.last === "true"; // else an earlier page, to which nothing is added
    this.pill = new Pill(this.querySelector(".dock"), `${location.pathname}#end`, this.isLast && (() => this.toEnd()));
    this.calm = new Calm(this);
    dropOthers(this.dataset.member);
    const form = this.querySelector("form.composer");
    if (form) this.writing = new Writing(this, form);
    this.querySelector(".read-here button")?.remove(); // it is told by itself
    this.open();
    this.stop = follow(this.dataset.follow, Number(this.dataset.since), (frame) => this.hear(frame));
    addEventListener("scroll", (this.seen = () => this.isAtEnd() && this.pill.clear()), { passive: true });
    if (this.dataset.line) return;
    whenQuiet(() => import("../room/reading.js")).then(({ Reading }) => (this.reading = new Reading(this)));
  }

  disconnectedCallback() {
    this.stop();
    this.reading?.stop();
    removeEventListener("scroll", this.seen);
  }

  // At what is new, else at the end; what the address names goes before.
  open() {
    if (!this.isLast || (location.hash && location.hash !== "#end")) return;
    const line = !location.hash && this.querySelector("#new");
    if (line && line.getBoundingClientRect().top < this.log.getBoundingClientRect().bottom - innerHeight / 2) line.scrollIntoView();
    else this.toEnd();
  }

  hear(frame) {
    if (this.late && frame.number) return this.late.push(frame);
    if (frame.verb === "refresh") return this.refresh(frame.target);
    if (frame.verb === "remove") return place(frame);
    if (frame.verb === "typing") return this.writing?.typing.hear(frame);
    if (frame.verb === "here") return place({ ...frame, verb: "replace" });
    const there = document.getElementById(frame.id || frame.target);
    const node = parse(frame.html);
    const own = this.writing?.outbox.confirm(node.dataset.key);
    const { line } = this.dataset; // only one message and what was said in reply to it
    if (line && frame.verb === "append" && node.dataset.line !== line) return;
    if (there) {
      swap(there, node);
      if (node.matches(".say")) group(node);
    } else if (frame.verb === "append" && this.isLast) this.show(node, own);
    else if (frame.verb === "append") this.pill.add();
  }

  show(node, own) {
    const follows = own || (this.isAtEnd() && !this.calm.is);
    put(this.log, node);
    if (follows) {
      trim(this.log, this.querySelector("#earlier"));
      this.toEnd();
    } else if (node.dataset.number) this.pill.add();
    this.reading?.look();
    this.writing?.typing.stopped(node.dataset.author);
  }

  // More changed than can be told one by one: this part of the page anew. What is typed and not sent yet stays.
  async refresh(target) {
    if (target === "state") return (await import("../room/state.js")).turn(this);
    if (!target) this.late = []; // what is told meanwhile; of it the page may know a part
    const page = await fetchPage();
    const fresh = page?.getElementById(target || "messages");
    if (!fresh) return location.reload();
    if (target) return document.getElementById(target)?.replaceWith(fresh);
    const follows = this.isAtEnd() && !this.calm.is;
    this.log.replaceChildren(...fresh.childNodes, ...this.log.querySelectorAll(".say:not([data-number])"));
    this.querySelector("#earlier").replaceWith(page.getElementById("earlier"));
    if (follows) this.toEnd();
    const { late } = this;
    this.late = null;
    for (const frame of late) if (frame.number > page.getElementById("room").dataset.since) this.hear(frame);
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
