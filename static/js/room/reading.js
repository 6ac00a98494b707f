// Tells the server up to which message one has read: the last that was on screen, while the page was looked at.
const PAUSE = 1000; // ms
const RETRY = 10000;

export class Reading {
  constructor(room) {
    Object.assign(this, { room, form: room.querySelector(".read-here"), told: Number(room.dataset.read) });
    this.heard = new AbortController();
    const on = { passive: true, signal: this.heard.signal };
    for (const sign of ["scroll", "focus", "resize"]) addEventListener(sign, () => this.look(), on);
    document.addEventListener("visibilitychange", () => this.look(), on);
    this.look();
  }

  stop() {
    this.heard.abort();
    clearTimeout(this.later);
  }

  look(wait = PAUSE) {
    this.later ??= setTimeout(() => this.tell(), wait);
  }

  async tell() {
    this.later = null;
    const number = document.hidden ? 0 : this.lastSeen();
    if (number <= this.told) return;
    const body = new FormData(this.form);
    body.set("number", number);
    const answer = await fetch(this.form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect") this.told = number;
    else this.look(RETRY);
  }

  // From the end: the first whose foot is above the dock.
  lastSeen() {
    const edge = this.room.querySelector(".dock").getBoundingClientRect().top;
    const said = [...this.room.log.querySelectorAll(".say[data-number]")].reverse();
    const seen = said.find((message) => message.getBoundingClientRect().bottom <= edge + 4);
    return seen && seen.getBoundingClientRect().bottom > 0 ? Number(seen.dataset.number) : 0;
  }
}
