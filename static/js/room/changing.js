// Other words for a message of one's own, written where new ones are.
import { reason } from "./unsent.js";

export class Changing {
  constructor(writing, address) {
    Object.assign(this, { writing, address });
    writing.say(writing.answering.dataset.change);
    this.begin();
  }

  // The text as it was written is on the page that changes it without scripts.
  async begin() {
    const answer = await fetch(this.address, { cache: "no-store" }).catch(() => null);
    const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const text = page && page.querySelector("textarea[name=body]")?.value;
    if (this.writing.changing !== this) return;
    if (!text) return location.assign(this.address);
    this.writing.put(text);
    this.writing.field.focus();
  }

  async send(text) {
    if (!text) return this.writing.say(this.writing.answering.dataset.empty);
    const body = new FormData(this.writing.form);
    body.set("body", text);
    const how = { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(30000) };
    const answer = await fetch(this.address, how).catch(() => null);
    const told = answer?.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    if (this.writing.changing !== this) return;
    if (!answer?.ok || !told.html) return this.writing.say(told.why ?? reason(answer, this.writing.outbox.words));
    this.writing.room.hear({ verb: "replace", id: told.id, html: told.html });
    this.writing.leave();
    this.writing.field.focus();
  }
}
