// The slower way: asking over HTTP what happened after the numbers we know. The frames are the same.
const EVERY = 4000; // ms
const EVERY_HIDDEN = 30000;

export class Asking {
  running = true;

  constructor(wanted, heard) {
    Object.assign(this, { wanted, heard });
    document.addEventListener("visibilitychange", () => document.hidden || this.soon());
    this.ask();
  }

  stop() {
    this.running = false;
    clearTimeout(this.next);
  }

  // Something else is followed, or somebody came back to the page.
  soon() {
    this.askIn(50);
  }

  askIn(time) {
    clearTimeout(this.next);
    if (this.running) this.next = setTimeout(() => this.ask(), time);
  }

  async ask() {
    let longer = 0;
    try {
      const wanted = [...this.wanted()];
      if (wanted.length) longer = await this.take(await fetch(`/live/events/?${new URLSearchParams(wanted)}`));
    } catch {
      // No network just now: the next question will tell.
    }
    this.askIn(longer + (document.hidden ? EVERY_HIDDEN : EVERY) * (0.8 + 0.4 * Math.random()));
  }

  // Hands on the frames; returns how many ms longer than usual to wait.
  async take(response) {
    if (!this.running) return 0;
    if (response.redirected || response.status === 403) {
      this.stop();
      this.heard({ verb: "signed-out" });
      return 0;
    }
    if (!response.ok) return 1000 * (Number(response.headers.get("Retry-After")) || 10);
    for (const frame of (await response.json()).frames) this.heard(frame);
    return 0;
  }
}
