// "brass-peri is writing": shown for a moment, told now and then while one writes oneself.
const SHOWN = 7000; // ms
const EVERY = 4000;

export class Typing {
  writers = new Map(); // member → {name, until}
  told = 0;

  // `line` shows it; `form` carries the token; `me` is not shown.
  constructor(line, form, me) {
    Object.assign(this, { line, form, me });
  }

  tell() {
    if (!this.form.elements.body.value || Date.now() - this.told < EVERY) return;
    this.told = Date.now();
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    fetch(this.line.dataset.url, { method: "POST", body }).catch(() => null);
  }

  hear({ member, name }) {
    if (String(member) === this.me) return;
    this.writers.set(String(member), { name, until: Date.now() + SHOWN });
    this.show();
  }

  stopped(member) {
    if (this.writers.delete(member)) this.show();
  }

  show() {
    clearTimeout(this.next);
    for (const [member, { until }] of this.writers) if (until < Date.now()) this.writers.delete(member);
    const names = [...this.writers.values()].map(({ name }) => name);
    const { one, many } = this.line.dataset;
    this.line.textContent = names.length > 1 ? many : names.length ? one.replace("%name", names[0]) : "";
    if (names.length) this.next = setTimeout(() => this.show(), 1000);
  }
}
