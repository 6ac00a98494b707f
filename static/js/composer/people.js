// Whom one may mention: after @ and letters, a list that arrows and Enter choose from, and Esc closes (a combobox).
import { put } from "./put.js";

const TYPED = /(?:^|[^\w@./+-])@([\w-]{1,40})$/;
const PAUSE = 150; // ms after the last key

export class People {
  constructor(field, url, on) {
    this.field = field;
    this.url = url;
    this.list = Object.assign(document.createElement("ul"), { className: "panel people-found", id: `${field.id}-people`, hidden: true });
    for (const [name, value] of [["role", "listbox"], ["aria-label", "@"]]) this.list.setAttribute(name, value);
    field.after(this.list);
    const facts = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(facts)) field.setAttribute(name, value);
    on(field, "input", () => this.typed());
    on(field, "blur", () => this.close());
    on(this.list, "pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    on(this.list, "click", (event) => this.choose(event.target.closest("li")));
  }

  begin() {
    const before = this.field.value[this.field.selectionStart - 1];
    put(this.field, !before || /\s/.test(before) ? "@" : " @");
  }

  typed() {
    clearTimeout(this.waiting);
    const { selectionStart, value } = this.field;
    const found = TYPED.exec(value.slice(Math.max(0, selectionStart - 50), selectionStart));
    if (!found) return this.close();
    this.waiting = setTimeout(() => this.ask(found[1]), PAUSE);
  }

  async ask(letters) {
    this.asked = letters;
    const answer = await fetch(`${this.url}?q=${encodeURIComponent(letters)}`).catch(() => null);
    if (!answer?.ok || this.asked !== letters) return;
    const { people } = await answer.json();
    if (this.asked === letters && people.length && document.activeElement === this.field) this.show(people, letters);
    else this.close();
  }

  show(people, letters) {
    this.length = letters.length;
    this.list.replaceChildren(...people.map((person, n) => row(person, `${this.list.id}-${n}`)));
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.point(0);
  }

  point(n) {
    const rows = [...this.list.children];
    this.at = (n + rows.length) % rows.length;
    rows.forEach((each, place) => each.setAttribute("aria-selected", place === this.at));
    this.field.setAttribute("aria-activedescendant", rows[this.at].id);
    rows[this.at].scrollIntoView({ block: "nearest" });
  }

  // Whether the key was ours.
  key(event) {
    if (this.list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return false;
    const deeds = {
      ArrowDown: () => this.point(this.at + 1),
      ArrowUp: () => this.point(this.at - 1),
      Enter: () => this.choose(this.list.children[this.at]),
      Tab: () => this.choose(this.list.children[this.at]),
      Escape: () => this.close(),
    };
    if (!deeds[event.key]) return false;
    event.preventDefault();
    event.stopPropagation();
    deeds[event.key]();
    return true;
  }

  choose(chosen) {
    if (!chosen) return;
    const end = this.field.selectionStart;
    put(this.field, `${chosen.dataset.handle} `, end - this.length, end);
    this.close();
  }

  close() {
    clearTimeout(this.waiting);
    this.asked = null;
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}

function row({ handle, name, about }, id) {
  const node = Object.assign(document.createElement("li"), { id });
  node.setAttribute("role", "option");
  node.dataset.handle = handle;
  const small = Object.assign(document.createElement("small"), { textContent: about ? `@${handle}, ${about}` : `@${handle}` });
  node.append(Object.assign(document.createElement("bdi"), { textContent: name }), " ", small);
  return node;
}
