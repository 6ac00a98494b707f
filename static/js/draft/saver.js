// Saves a form as a draft on the server: some time after the last key, again while it cannot be reached, and at once when
// the page is left. `tell` hears "saving", "saved" (the clock), "late", "refused" (why) and "newer" (what there is).
import { packed, text } from "./form.js";

const QUIET = 2000; // ms after the last key
const WAITS = [5000, 15000, 60000]; // ms until the next try

export class Saver {
  tries = 0;

  constructor(form, url, tell) {
    Object.assign(this, { form, url, tell, known: text(form) });
  }

  get isSaved() {
    return this.known === text(this.form);
  }

  changed(time = QUIET) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), time);
  }

  // Whatever is on its way must not arrive after the form itself.
  stop() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  // The form went out and is empty now; where it ended, the next draft begins.
  sent() {
    Object.assign(this, { known: text(this.form), isFresh: true });
  }

  async save() {
    if (this.asking || this.isPaused || this.isSaved) return;
    const now = text(this.form);
    this.asking = new AbortController();
    this.tell("saving");
    try {
      const asked = { method: "POST", body: packed(this.form), signal: this.asking.signal };
      await this.take(await fetch(this.url, asked), now);
    } catch (problem) {
      if (problem.name !== "AbortError") this.late();
    } finally {
      this.asking = null;
    }
    if (!this.tries && !this.isSaved) this.changed();
  }

  async take(answer, now) {
    if (![200, 409, 422].includes(answer.status)) return this.late(answer.headers.get("Retry-After"));
    const told = await answer.json();
    const isNext = answer.status === 409 && this.isFresh && !Object.keys(told.fields).length;
    this.isFresh = false;
    if (answer.status === 409 && !isNext) return this.tell("newer", told);
    if (answer.status !== 422) this.form.elements.sequence.value = told.sequence;
    if (isNext) return;
    this.known = now;
    this.tries = 0;
    this.tell(answer.ok ? "saved" : "refused", answer.ok ? told.at : told.why);
  }

  late(seconds = 0) {
    const wait = WAITS[Math.min(this.tries++, WAITS.length - 1)];
    this.tell("late");
    this.changed(Math.max(wait, 1000 * seconds));
  }

  leave() {
    if (!this.isPaused && !this.isSaved) navigator.sendBeacon(this.url, packed(this.form));
  }
}
