// <many-files>: files chosen or dropped go one after the other, each as a sending of the same form, with its progress.
// What was shared stays so: the server knows each file again by the form's key. A broken line is tried again by itself.
// Without script the form inside posts as it is. The words come from the element's data attributes.
import { offer, tick } from "../upload/joint.js";
import { Row } from "../upload/row.js";
import { Sending } from "../upload/sending.js";
import { why } from "../upload/why.js";

class ManyFiles extends HTMLElement {
  rows = [];
  online = () => this.rows.filter((row) => row.isAway).forEach((row) => this.again(row));

  connectedCallback() {
    this.addEventListener("change", ({ target }) => (target.type === "file" ? this.add([...target.files], target) : tick(this, target)));
    this.addEventListener("submit", (event) => (event.preventDefault(), this.start()));
    addEventListener("online", this.online);
  }

  disconnectedCallback() {
    this.current?.sending.halt.abort();
    removeEventListener("online", this.online);
  }

  say(words) {
    this.querySelector("form > [role=status]").textContent = words;
  }

  add(files, field = {}) {
    const deeds = { again: (row) => this.again(row), drop: (row) => this.drop(row) };
    const fresh = files.map((file) => new Row(file, this.dataset, deeds));
    field.value = "";
    this.rows.push(...fresh);
    this.querySelector(".uploads").append(...fresh.map((row) => row.node));
  }

  again(row) {
    row.waits();
    if (!this.current) this.next();
  }

  drop(row) {
    row.node.remove();
    row.sending?.giveUp();
    this.rows = this.rows.filter((each) => each !== row);
    if (this.current === row) this.next();
    offer(this);
  }

  start() {
    for (const row of this.rows) if (row.state === "broken") this.again(row);
    if (!this.rows.length) this.say(this.dataset.none);
    else if (!this.current) this.next();
  }

  next() {
    const row = (this.current = this.rows.find((each) => each.isReady));
    if (row) return this.send(row);
    const done = this.rows.filter((each) => each.state === "done").length;
    this.say(this.dataset.some.replace("%n", done).replace("%all", this.rows.length));
    offer(this);
  }

  async send(row) {
    const form = this.querySelector("form");
    row.begins();
    row.sending = new Sending(form, "files", row.file, this.dataset, row);
    const answer = await row.sending.go();
    if (this.current !== row || !this.isConnected) return;
    if (answer) return this.answered(row, answer, form);
    row.breaks(this.dataset.away, true);
    this.next();
  }

  answered(row, answer, form) {
    const page = new DOMParser().parseFromString(answer.text, "text/html");
    const told = page.querySelector("li.upload");
    const fresh = page.querySelector("many-files form");
    if (fresh) return this.renew(row, fresh, form);
    if (told && answer.url === form.action) row.becomes(told, answer.status === 201);
    else row.breaks(why(answer, this.dataset));
    this.next();
  }

  // Something about the facts of all of them is wrong: the form says what, and the files wait.
  renew(row, fresh, form) {
    this.current = null;
    row.waits();
    fresh.querySelector(".uploads").replaceWith(this.querySelector(".uploads"));
    form.replaceWith(fresh);
    fresh.querySelector(".error-summary")?.focus();
  }
}

customElements.define("many-files", ManyFiles);
