// The line to the server: the socket where it is proven to work, asking every few seconds where it is not.
const PROOF = 3000; // ms for a frame to go out and an answer to come back, before we ask instead
const SILENCE = 60000; // ms without a sign of life (the server gives one every 25 s) until the socket counts as dead
const UPGRADE = 60000; // ms between tries of the socket while asking
const ENOUGH = 3; // failures in a row until we ask instead
const KEY = "live-slow"; // remembered for this tab's session

export class Line extends EventTarget {
  state = "away";
  failures = 0;

  // `wanted` gives a Map of stream → number; `heard` takes each frame about a stream, and {verb: "signed-out"}.
  constructor(wanted, heard) {
    super();
    Object.assign(this, { wanted, heard });
    addEventListener("online", () => this.open());
    document.addEventListener("visibilitychange", () => document.hidden || this.slow || this.open());
  }

  follow(follow, since) {
    if (this.socket) this.send({ follow, since });
    else if (!this.later && !this.slow) this.openIn(0, sessionStorage.getItem(KEY));
    this.asking?.soon();
  }

  send(frame) {
    if (this.greeted && this.socket) this.socket.send(JSON.stringify(frame));
  }

  // Not all pages of a restarted server at the same moment.
  openIn(time, slowly = false) {
    clearTimeout(this.later);
    this.later = setTimeout(() => {
      this.later = null;
      if (slowly) this.ask();
      else this.open();
    }, time * (0.3 + Math.random()));
  }

  open() {
    if (this.ended || this.socket || !this.wanted().size) return;
    this.greeted = false;
    this.socket = new WebSocket(new URL("/live/socket/", location.href.replace(/^http/, "ws")));
    this.socket.onmessage = ({ data }) => this.take(JSON.parse(data));
    this.socket.onclose = ({ code }) => this.closed(code);
    this.proof = setTimeout(() => this.ask(), PROOF);
    this.watch(PROOF * 5);
  }

  take(frame) {
    this.watch(SILENCE);
    if (frame.verb === "hello") {
      this.greeted = true;
      for (const [follow, since] of this.wanted()) this.send({ follow, since });
    } else if (frame.verb === "following" || frame.verb === "lost") this.proven();
    if (frame.stream && frame.verb !== "following") this.heard(frame);
  }

  watch(time) {
    clearTimeout(this.deaf);
    this.deaf = setTimeout(() => this.socket?.close(), time);
  }

  proven() {
    clearTimeout(this.proof);
    sessionStorage.removeItem(KEY);
    this.failures = 0;
    this.slow = false;
    this.asking?.stop();
    this.become("live");
  }

  async ask() {
    if (!this.socket && !this.later) this.openIn(UPGRADE);
    if (this.slow) return;
    this.slow = true;
    sessionStorage.setItem(KEY, "1");
    const module = await import("./asking.js").catch(() => null); // null: no network for that either
    if (!module) this.slow = false;
    if (!this.slow) return;
    this.asking = new module.Asking(this.wanted, this.heard);
    this.become("slow");
  }

  closed(code) {
    clearTimeout(this.proof);
    clearTimeout(this.deaf);
    this.socket = null;
    if (code === 4401) return this.heard({ verb: "signed-out" });
    this.failures += 1;
    if (!this.slow) this.become("away");
    this.openIn(Math.min(500 * 2 ** this.failures, UPGRADE));
    if (this.failures >= ENOUGH) this.ask();
  }

  become(state) {
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }
}
