// <read-mark>: tells the server which posts were really on screen, each as long as its length needs, while the page was
// looked at; a few at a time, again and again until it is heard.
// A jump to the end leaves the middle new. The form inside does it by hand. data-read: all up to there is read.

const TICK = 500;
const SHORTEST = 1000;
const LONGEST = 6000;
const PER_LETTER = 4;
const PAUSE = 2000;
const RETRY = 10000;
const STEPS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

class ReadMark extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.spent = new Map();
    this.onScreen = new Set();
    this.toTell = new Set();
    this.next = 0;
    this.seen = new IntersectionObserver((entries) => entries.forEach((entry) => this.look(entry)), { threshold: STEPS });
    this.leave = () => document.hidden && this.tell(true);
    document.addEventListener("visibilitychange", this.leave);
    this.ticking = setInterval(() => this.tick(), TICK);
    this.watch();
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
    this.seen.disconnect();
    document.removeEventListener("visibilitychange", this.leave);
  }

  // Also what came, or was drawn anew, since the last look: watching twice is watching once.
  watch() {
    for (const post of this.posts()) if (!this.isRead(post)) this.seen.observe(post);
  }

  posts() {
    return [...document.querySelectorAll("#posts > [data-number]")];
  }

  isRead(post) {
    const number = Number(post.dataset.number);
    return number <= Number(this.dataset.read) || this.spent.get(number) >= LONGEST;
  }

  look({ target, intersectionRatio, intersectionRect, rootBounds }) {
    const fills = rootBounds && intersectionRect.height >= rootBounds.height / 2;
    if (target.isConnected && (intersectionRatio >= 0.6 || fills)) this.onScreen.add(target);
    else this.onScreen.delete(target);
  }

  tick() {
    if (document.hidden) return;
    this.watch();
    for (const post of this.onScreen) {
      const number = Number(post.dataset.number);
      const needs = Math.min(LONGEST, Math.max(SHORTEST, post.textContent.length * PER_LETTER));
      const spent = (this.spent.get(number) ?? 0) + TICK;
      this.spent.set(number, spent >= needs ? LONGEST : spent);
      if (spent < needs && post.isConnected) continue;
      this.onScreen.delete(post);
      this.seen.unobserve(post);
      if (post.isConnected) this.toTell.add(number);
    }
    if (Date.now() >= this.next) this.tell();
  }

  async tell(leaving = false) {
    if (!this.toTell.size) return;
    const told = [...this.toTell].sort((one, other) => one - other);
    this.next = Date.now() + RETRY;
    const body = new FormData(this.form);
    body.delete("number");
    body.set("seen", ranges(told));
    const answer = await fetch(this.form.action, { method: "POST", body, redirect: "manual", keepalive: leaving }).catch(() => null);
    if (answer?.type !== "opaqueredirect" && !answer?.ok) return;
    told.forEach((number) => this.toTell.delete(number));
    this.next = Date.now() + PAUSE;
    this.form.hidden = this.posts().every((post) => this.isRead(post));
  }
}

function ranges(numbers) {
  const found = [];
  for (const number of numbers) {
    if (found.at(-1)?.[1] === number - 1) found.at(-1)[1] = number;
    else found.push([number, number]);
  }
  return found.map(([first, last]) => `${first}-${last}`).join();
}

customElements.define("read-mark", ReadMark);
