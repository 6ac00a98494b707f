// The third door: asking every few seconds what happened after the numbers we know. The frames are the same.
const EVERY = 4000; // ms
const EVERY_HIDDEN = 30000;
const LATE = 10000;

export class Door {
  misses = 0;
  etag = "";

  constructor(line, name, path = "/live/events/") {
    Object.assign(this, { line, name, path });
    this.seen = () => document.hidden || this.follow();
    document.addEventListener("visibilitychange", this.seen);
    this.ask();
  }

  // Something else is followed or asked for again, or somebody came back to the page.
  follow() {
    this.etag = "";
    this.askIn(50);
  }

  leave() {}

  close() {
    this.ended = true;
    clearTimeout(this.next);
    document.removeEventListener("visibilitychange", this.seen);
  }

  askIn(time) {
    clearTimeout(this.next);
    if (!this.ended) this.next = setTimeout(() => this.ask(), time);
  }

  async ask() {
    const wanted = [...this.line.wanted()];
    const headers = { "If-None-Match": this.etag, "Live-State": document.hidden ? "away" : "here" };
    const how = { headers, signal: AbortSignal.timeout(LATE) };
    const response = wanted.length && (await fetch(`${this.path}?${new URLSearchParams(wanted)}`, how).catch(() => null));
    if (this.ended) return;
    const longer = wanted.length ? await this.take(response).catch(() => this.missed()) : 0;
    const usual = document.hidden ? EVERY_HIDDEN : EVERY;
    this.askIn(longer === null ? 0 : (longer + usual) * (0.8 + 0.4 * Math.random()));
  }

  // Hands on the frames; returns how many ms longer than usual to wait, null where there is more to ask for at once.
  async take(response) {
    if (response?.redirected || response?.status === 403) return this.line.signedOut();
    if (response?.status === 429) return 1000 * (Number(response.headers.get("Retry-After")) || 10);
    if (!response?.ok && response?.status !== 304) return this.missed();
    const { frames, more } = response.ok ? await response.json() : { frames: [] };
    if (this.ended) return 0;
    if (response.ok) this.etag = response.headers.get("ETag") ?? "";
    this.misses = 0;
    this.line.proven(this.name);
    for (const frame of frames) this.line.heard(frame);
    return more ? null : 0;
  }

  // No network just now, or somebody else's page in between: it goes on asking, less and less often.
  missed() {
    this.misses += 1;
    if (this.misses > 1) this.line.become("away");
    return Math.min(1000 * 2 ** this.misses, EVERY_HIDDEN);
  }
}
