// <read-mark>: a form that says how far one has read, sent by itself once the last post has been on screen for a while.
// Posts that arrive live while one looks count too.

const LONG_ENOUGH = 2000;

class ReadMark extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.seen = new IntersectionObserver((entries) => this.look(entries.at(-1).isIntersecting));
    this.watch();
    this.placed = () => this.watch();
    document.addEventListener("live-placed", this.placed);
  }

  disconnectedCallback() {
    clearTimeout(this.waiting);
    this.seen.disconnect();
    document.removeEventListener("live-placed", this.placed);
  }

  watch() {
    const last = [...document.querySelectorAll("#posts > [data-number]")].at(-1);
    if (!last || last === this.last) return;
    this.last = last;
    this.seen.disconnect();
    this.seen.observe(last.lastElementChild ?? last);
  }

  look(isVisible) {
    clearTimeout(this.waiting);
    if (isVisible) this.waiting = setTimeout(() => this.mark(), LONG_ENOUGH);
  }

  async mark() {
    if (document.hidden) return this.look(true);
    this.form.elements.number.value = this.last.dataset.number;
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: new FormData(this.form), redirect: "manual" });
      this.form.hidden = answer.type === "opaqueredirect" || answer.ok;
    } catch {
      this.form.hidden = false;
    }
  }
}

customElements.define("read-mark", ReadMark);
