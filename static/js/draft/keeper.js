// Keeps what is typed in a form: in this browser at every key (copy.js), on the server soon after (saver.js). A newer draft
// from elsewhere is never overwritten: both are shown (choice.js).
import { drop, dropAll, isOpen, keep, kept, TAB } from "./copy.js";
import { fill, read, text } from "./form.js";
import { Saver } from "./saver.js";
import { Status } from "./status.js";

export class Keeper {
  saving = () => this.status.say("saving");
  refused = (why) => this.status.write(why);

  // `before` are the entries of the form as the server sent it.
  constructor(element, form, before) {
    const { dataset } = element;
    Object.assign(this, { element, form, status: new Status(element) });
    this.name = `${dataset.member} ${form.elements.place.value}`;
    form.elements.tab.value = TAB;
    this.saver = new Saver(form, dataset.save, (state, value) => this[state](value));
    this.heard = new AbortController();
    const on = (target, name, deed) => target.addEventListener(name, deed, { signal: this.heard.signal });
    on(form, "input", () => this.typed());
    on(form, "submit", (event) => event.submitter?.name || this.sending());
    on(form, "post-sent", () => this.sent());
    on(window, "online", () => this.saver.save());
    on(window, "pagehide", () => this.saver.leave());
    dropAll(dataset.member);
    // A form that came back unsent holds what is newer than anything saved.
    this.saver.known = "typed" in dataset ? "" : text(before);
    if (!("typed" in dataset)) this.recover();
    if (!this.saver.isSaved) this.typed();
  }

  stop() {
    this.heard.abort();
    this.saver.stop();
  }

  typed() {
    const body = this.form.elements.body;
    const more = (body?.value.length ?? 0) - (body?.dataset.longest ?? Infinity);
    if (more > 0) this.status.say("long", more);
    if (this.saver.isSaved) return drop(this.name);
    this.copy();
    this.saver.changed();
  }

  copy(more = {}) {
    const { sequence, tab } = this.form.elements;
    this.isHere = keep(this.name, { pairs: read(this.form), sequence: sequence.value, page: tab.value, ...more });
  }

  // What this browser kept and the server does not have, unless it was sent meanwhile.
  async recover() {
    const copy = kept(this.name);
    if (!copy || (await isOpen(copy.tab))) return;
    const isOwn = copy.page && copy.page === this.element.dataset.page; // its last words may still be on their way
    const isNext = isOwn || copy.sequence === this.form.elements.sequence.value;
    if (JSON.stringify(copy.pairs) === this.saver.known || (copy.sent && !isNext)) return drop(this.name);
    if (!isNext || !this.saver.isSaved) return this.choose("older", copy.pairs);
    this.form.elements.tab.value = copy.page ?? TAB; // as the page that it was
    fill(this.form, copy.pairs);
    this.status.say("restored");
  }

  sending() {
    this.saver.stop();
    if (!this.saver.isSaved) this.copy({ sent: true });
    this.saver.changed(10000); // unless it has arrived by then
  }

  sent() {
    drop(this.name);
    this.saver.sent();
    this.status.write("");
  }

  saved(clock) {
    if (this.saver.isSaved) drop(this.name);
    this.status.say("saved", clock);
  }

  late() {
    this.status.say(this.isHere ? "here" : "away");
  }

  newer(told) {
    const other = Object.entries(told.fields).flatMap(([name, held]) => [held].flat().map((value) => [name, value]));
    this.choose(other.length ? "newer" : "ended", other, told);
  }

  async choose(name, other, told = null) {
    this.saver.isPaused = told !== null;
    this.status.write("");
    const { offer } = await import("./choice.js");
    offer(this, this.status.words(name, told?.at), other, told);
  }
}
