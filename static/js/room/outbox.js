// Messages on their way: shown at once as pending, confirmed by the server's answer or by the stream, whichever is first.
// Each has a key of its own, so that sending it again does no harm.
import { parse } from "../live/place.js";
import { keep, kept } from "./kept.js";

const LATE = 30000; // ms

export class Outbox {
  waiting = new Map(); // key → {text, node}
  turn = Promise.resolve(); // one after the other, so that they arrive as they were written

  // `show` puts a node into the log; `words` are the reasons why something was not sent.
  constructor(form, template, words, show) {
    Object.assign(this, { form, template, words, show, name: `unsent ${form.action}` });
    for (const [key, text] of kept(this.name, [])) this.add(text, key);
  }

  add(text, key = newKey()) {
    const node = this.template.content.firstElementChild.cloneNode(true);
    node.querySelector(".words").textContent = text;
    node.querySelector(".again").addEventListener("click", () => this.send(key));
    node.querySelector(".discard").addEventListener("click", () => this.discard(key));
    this.waiting.set(key, { text, node });
    this.keep();
    this.show(node);
    this.send(key);
  }

  send(key) {
    this.mark(key, "");
    this.turn = this.turn.then(() => this.waiting.has(key) && this.post(key));
  }

  async post(key) {
    const body = new FormData(this.form);
    body.set("body", this.waiting.get(key).text);
    body.set("key", key);
    const how = { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(LATE) };
    try {
      await this.answered(key, await fetch(this.form.action, how));
    } catch (error) {
      this.mark(key, error.name === "TimeoutError" ? this.words.late : this.words.offline);
    }
  }

  async answered(key, response) {
    const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
    if (response.redirected) return this.mark(key, this.words.out);
    if (!isOurs) return this.mark(key, this.words.failed);
    const answer = await response.json();
    if (!response.ok) return this.mark(key, answer.why || (response.status === 429 ? this.words.busy : this.words.failed));
    this.confirm(key);
    if (!document.getElementById(answer.id)) this.show(parse(answer.html));
  }

  // It is there; the real message takes its place.
  confirm(key) {
    this.waiting.get(key)?.node.remove();
    this.waiting.delete(key);
    this.keep();
  }

  // "" while it is being sent, else why it was not.
  mark(key, why) {
    const node = this.waiting.get(key)?.node;
    if (!node) return;
    node.classList.toggle("failed", Boolean(why));
    node.classList.toggle("pending", !why);
    node.querySelector(".is-sending").hidden = Boolean(why);
    node.querySelector(".is-failed").hidden = !why;
    node.querySelector(".why").textContent = why;
  }

  async discard(key) {
    const { text } = this.waiting.get(key);
    const field = this.form.elements.body;
    await (navigator.clipboard?.writeText(text) ?? Promise.reject()).catch(() => (field.value = `${text}\n${field.value}`));
    this.confirm(key);
    field.focus();
  }

  keep() {
    keep(this.name, [...this.waiting].map(([key, { text }]) => [key, text]));
  }
}

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
