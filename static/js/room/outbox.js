// Messages on their way: shown at once as pending, confirmed by the server's answer or by the stream, whichever is first.
// Each has a key of its own, so that sending it again does no harm. What the network kept back goes out by itself when
// the connection is back, in the order of writing; what the server refused waits for its writer.
import { watchState } from "../live.js";
import { parse } from "../live/place.js";
import { withFiles } from "./files.js";
import { keep, kept, nameOf } from "./kept.js";
import { draw, newKey, reason, showState } from "./unsent.js";

const LATE = 30000; // ms
const SOON = 2000; // ms until what the network kept back is tried again; longer each time
const RARELY = 60000;

export class Outbox {
  waiting = new Map(); // key → {text, to, files, node, isHeld}
  turn = Promise.resolve(); // one after the other, so that they arrive as they were written
  tries = 0;

  // `show` puts a node into the log; `words` are the reasons why something was not sent.
  constructor(form, template, words, show) {
    Object.assign(this, { form, template, words, show, author: template.content.firstElementChild.dataset.author });
    this.name = nameOf(this.author, form.action);
    for (const [key, said] of kept(this.name, [])) this.add(said, key);
    addEventListener("online", () => this.sendHeld());
    watchState((state) => ["live", "stream", "slow"].includes(state) && this.sendHeld());
  }

  add({ text, to = "", files }, key = newKey()) {
    const words = [text, ...(files?.names ?? [])].filter(Boolean).join("\n");
    const node = draw(this.template, words, () => this.send(key), () => this.discard(key));
    this.waiting.set(key, { text, to, files, node }), this.keep(), this.show(node);
    this.send(key);
  }

  send(key) {
    this.mark(key, "");
    this.turn = this.turn.then(() => this.waiting.has(key) && this.post(key));
  }

  sendHeld() {
    clearTimeout(this.later);
    for (const [key, { isHeld }] of this.waiting) if (isHeld) this.send(key);
  }

  async post(key) {
    const { text, to, files } = this.waiting.get(key);
    const body = withFiles(this.form, files);
    for (const [name, value] of Object.entries({ body: text, to, key })) body.set(name, value);
    const how = { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(LATE) };
    try {
      await this.answered(key, await fetch(this.form.action, how));
    } catch (error) {
      this.hold(key, error.name === "TimeoutError" ? this.words.late : this.words.offline);
    }
  }

  async answered(key, response) {
    if (response.status >= 500) return this.hold(key, this.words.failed);
    const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
    const answer = isOurs && !response.redirected ? await response.json() : {};
    if (response.status === 429) return this.hold(key, this.words.busy, 1000 * (answer.wait || 10));
    if (!answer.html) return this.mark(key, answer.why || reason(response, this.words));
    this.tries = 0;
    this.confirm(key);
    if (!document.getElementById(answer.id)) this.show(parse(answer.html));
  }

  // It is there, the real message takes its place. True if it was waiting.
  confirm(key) {
    if (!this.waiting.has(key)) return false;
    this.waiting.get(key).node.remove();
    this.waiting.delete(key);
    this.keep();
    return true;
  }

  hold(key, why, wait = Math.min(SOON * 2 ** this.tries++, RARELY)) {
    this.mark(key, why, true);
    clearTimeout(this.later);
    this.later = setTimeout(() => this.sendHeld(), wait * (0.8 + 0.4 * Math.random()));
  }

  // "" while it is being sent, else why it was not.
  mark(key, why, isHeld = false) {
    if (this.waiting.has(key)) Object.assign(this.waiting.get(key), { isHeld });
    showState(this.waiting.get(key)?.node, why);
  }

  async discard(key) {
    const { text } = this.waiting.get(key);
    const field = this.form.elements.body;
    await (navigator.clipboard?.writeText(text) ?? Promise.reject()).catch(() => (field.value = `${text}\n${field.value}`));
    this.confirm(key);
    field.focus();
  }

  keep() {
    keep(this.name, [...this.waiting].map(([key, { text, to, files }]) => [key, { text, to, files }]));
  }
}
