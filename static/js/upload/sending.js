// A file on its way with the form that it belongs to. A large one goes before it, in pieces, and the form then carries
// its key: whatever breaks, the server says from which byte to go on. A broken line is tried again by itself, at once
// when the browser is online again; what is refused is over.
import { post, token } from "./post.js";

const WAITS = [2, 5, 15, 30]; // seconds; anew after each piece that arrives
const LONGEST = 30; // what asks to wait for longer is told instead
const BROKEN = new Set([0, 409, 502, 503, 504]);

export class Sending {
  tries = 0;
  halt = new AbortController();

  // `hear` is told as it goes: gets(share), broke(), goesOn(share).
  constructor(form, field, file, { piece }, hear) {
    Object.assign(this, { form, field, file, piece: Number(piece), hear });
  }

  // The answer to the form, or to a step that was refused; null where the line stayed broken or it was stopped.
  async go() {
    const body = new FormData(this.form);
    const isLarge = this.file?.size > this.piece;
    if (isLarge && !(await this.arrive())) return this.refused;
    if (isLarge) body.delete(this.field), body.set("arrived", this.key);
    else if (this.file) body.set(this.field, this.file);
    return this.tried(() => post(this.form, body, (share) => this.hear.gets(isLarge ? 1 : share), this.halt.signal));
  }

  async arrive() {
    let at = null;
    while (at !== this.file.size) {
      const answer = await this.tried(() => (at === null ? this.begin() : this.bring(at)), () => (at = null));
      const { key, offset } = read(answer);
      this.refused = key ? null : answer;
      if (!key) return false;
      if (at === null && offset) this.hear.goesOn(offset / this.file.size);
      [this.key, at] = [key, offset];
    }
    return true;
  }

  begin() {
    const { name, size, lastModified } = this.file;
    return this.step({ step: "begin", called: name, size, modified: Math.max(0, lastModified) });
  }

  async bring(offset) {
    const piece = this.file.slice(offset, offset + this.piece);
    const gets = (share) => this.hear.gets((offset + share * piece.size) / (this.file.size + 1));
    const answer = await this.step({ step: "piece", key: this.key, offset, piece }, gets);
    return answer.status === 404 ? { ...answer, status: 409 } : answer; // it is not there any more: it begins anew
  }

  // Also from a page that is being left.
  giveUp() {
    this.halt.abort();
    if (this.key) navigator.sendBeacon(this.form.action, fields({ csrfmiddlewaretoken: token(this.form), step: "give-up", key: this.key }));
  }

  step(said, progress) {
    return post(this.form, fields(said), progress, this.halt.signal);
  }

  async tried(deed, again) {
    for (;;) {
      const answer = await deed();
      if (this.halt.signal.aborted) return null;
      const isToWait = answer.status === 429 && answer.retryAfter <= LONGEST;
      if (!BROKEN.has(answer.status) && !isToWait) return (this.tries = 0), answer;
      again?.();
      const wait = WAITS[this.tries++];
      if (!wait && navigator.onLine) return null;
      this.hear.broke();
      await this.rest(answer.retryAfter || wait);
      if (this.halt.signal.aborted) return null;
      this.hear.goesOn(0);
    }
  }

  // So many seconds, and as long as the browser is offline; or until it is stopped.
  rest(seconds) {
    return new Promise((go) => {
      setTimeout(() => navigator.onLine && go(), (seconds || 0) * 1000);
      addEventListener("online", go, { once: true });
      this.halt.signal.addEventListener("abort", go);
    });
  }
}

const fields = (said) => Object.entries(said).reduce((body, [name, value]) => (body.set(name, value), body), new FormData());

function read(answer) {
  try {
    return JSON.parse(answer?.text ?? "{}");
  } catch {
    return {};
  }
}
