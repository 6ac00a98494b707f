// The line to the server, through the best door that is proven to work: a frame went out and an answer came in. Blocked
// and half-blocked sockets look like open ones, so nothing else counts. The next door is tried as well if one keeps silent
// for a second: within three something flows. Which one it was is remembered for this tab; better ones are tried later.
import { Doors, NAMES, rank } from "./doors.js";

const STATES = { socket: "live", stream: "stream", asking: "slow" };
// A restarted server has all its pages to let in: they come back over some seconds, and are patient then.
const [PATIENCE, PATIENCE_AGAIN, SPREAD] = [1000, 5000, 2500]; // ms until the next door is tried as well
// ms between tries of better doors, and at most between tries of any; where a better one has worked before.
const [RARELY, SOON] = [60000, 5000];
const KEY = "live-door";

export class Line extends EventTarget {
  state = "";
  used = null; // the name of the door that frames come through
  doors = new Doors(this);
  best = sessionStorage.getItem(KEY) ?? NAMES[0];
  failures = 0;

  // `wanted` gives a Map of stream → number; `heard` takes each frame about a stream, and {verb: "signed-out"}.
  constructor(wanted, heard) {
    super();
    Object.assign(this, { wanted, heard });
    addEventListener("online", () => this.startIn(0));
    document.addEventListener("visibilitychange", () => document.hidden || this.used || this.startIn(0));
  }

  follow(stream, since) {
    this.doors.follow(stream, since);
    if (!this.doors.any && !this.later) this.startIn(0);
  }

  startAgain() {
    this.startIn(Math.min(300 * 2 ** ++this.failures, RARELY), SPREAD);
  }

  startIn(time, spread = 0) {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.start(), time * (0.3 + Math.random()) + spread * Math.random());
  }

  start() {
    this.later = null;
    if (!this.used && this.wanted().size) this.climb(this.failures > 2 ? 0 : Math.max(0, rank(this.best)));
  }

  climb(step) {
    clearTimeout(this.next);
    if (this.used || this.ended) return;
    if (step < NAMES.length) {
      this.doors.attempt(NAMES[step]);
      this.next = setTimeout(() => this.climb(step + 1), this.hasFlowed ? PATIENCE_AGAIN : PATIENCE);
    } else {
      this.become("away");
      if (!this.later) this.startAgain();
    }
  }

  // Called by a door whenever it is sure that frames come through.
  proven(name) {
    if (this.used && rank(this.used) < rank(name)) return this.doors.shut(name);
    this.failures = 0;
    this.hasFlowed = true;
    if (this.used !== name) this.use(name);
    this.become(STATES[name]);
  }

  use(name) {
    clearTimeout(this.next);
    this.used = name;
    sessionStorage.setItem(KEY, name);
    this.doors.upgradeIn(rank(this.best) < rank(name) ? SOON : RARELY, RARELY);
    if (rank(name) < rank(this.best)) this.best = name;
    NAMES.slice(rank(name) + 1).forEach((other) => this.doors.shut(other));
  }

  // Called by a door that is closed, or that nothing came through for too long.
  failed(name) {
    this.doors.shut(name);
    if (this.used && this.used !== name) return;
    if (!this.used) return this.climb(rank(name) + 1);
    this.used = null;
    this.become("away");
    this.startAgain();
  }

  signedOut() {
    NAMES.forEach((name) => this.doors.shut(name));
    clearTimeout(this.next);
    this.used = null;
    this.heard({ verb: "signed-out" });
  }

  become(state) {
    const now = state === "away" && navigator.onLine === false ? "offline" : state;
    if (now === this.state) return;
    this.state = now;
    this.dispatchEvent(new Event("state"));
  }
}
