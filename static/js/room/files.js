// Pictures and files of a message: chosen, dropped or pasted, uploaded at once, and sent with the words that come next.
// They wait on the server, so that a message with files can wait in the outbox like any other. What could not be uploaded
// stays in its row with a way to try again; after a reload it has to be chosen anew.
import { Uploads } from "../composer/uploads.js";

const OURS = /^(files|kept|alt-\d+|decoration-\d+|sure-\d+)$/;
const NONE = { fields: [], names: [] };

export class Files {
  constructor(form) {
    Object.assign(this, { form, box: form.querySelector(".dock-files"), input: form.elements.files });
    this.list = this.box.querySelector(".waiting-list");
    this.uploads = new Uploads(this.box, (words) => this.say(words));
    form.querySelector("[data-attach]").addEventListener("click", () => this.input.click());
    this.input.addEventListener("change", () => (this.uploads.add([...this.input.files]), (this.input.value = "")));
    form.elements.body.addEventListener("paste", (event) => event.clipboardData.getData("text/plain") || this.take(event, event.clipboardData));
    form.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
    form.addEventListener("drop", (event) => this.take(event, event.dataTransfer));
    this.list.addEventListener("click", (event) => event.target.closest("[data-do=take-out]")?.closest("li").remove());
  }

  take(event, { files }) {
    if (!files.length) return;
    event.preventDefault();
    this.uploads.add([...files]);
  }

  say(words) {
    this.box.querySelector(".composer-said").textContent = words;
  }

  get any() {
    return this.list.children.length > 0;
  }

  // Whether all is here and said of each picture what has to be; if not, the page says what is missing, and where.
  isReady() {
    const { wait, failed, describe, declare } = this.box.dataset;
    const missing = [...this.list.children].map((row) => this.missing(row)).find(Boolean);
    this.say({ wait, failed, describe, declare }[missing?.why] ?? "");
    missing?.at?.focus();
    return !missing;
  }

  missing(row) {
    if (row.matches(".is-uploading")) return { why: "wait" };
    if (!row.dataset.kept) return { why: "failed", at: row.querySelector("button") };
    const [alt, decoration, sure] = ["alt", "decoration", "sure"].map((name) => row.querySelector(`[name^=${name}-]`));
    if (alt && !alt.value.trim() && !decoration.checked) return { why: "describe", at: alt };
    return sure && !sure.checked ? { why: "declare", at: sure } : null;
  }

  // What a message takes with it; the rows are gone then.
  handOver() {
    const fields = [...new FormData(this.form)].filter(([name]) => name !== "files" && OURS.test(name));
    const names = [...this.list.querySelectorAll("bdi")].map((name) => name.textContent);
    this.list.replaceChildren();
    return { fields, names };
  }
}

// The form with the files of this message, and not with those that wait for the next one.
export function withFiles(form, { fields } = NONE) {
  const body = new FormData(form);
  for (const name of new Set(body.keys())) if (OURS.test(name)) body.delete(name);
  for (const [name, value] of fields) body.append(name, value);
  return body;
}
