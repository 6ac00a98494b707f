// <looked-at>: around a form that says which version was seen. It says so once the page was looked at for a while;
// without script its button does. What it shows stays until the page is opened again.

const ENOUGH = 3000; // ms on screen
const TICK = 500;

class LookedAt extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.spent = 0;
    this.ticking = setInterval(() => this.tick(), TICK);
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
  }

  tick() {
    if (document.hidden) return;
    this.spent += TICK;
    if (this.spent >= ENOUGH) this.tell();
  }

  async tell() {
    clearInterval(this.ticking);
    const body = new FormData(this.form);
    const answer = await fetch(this.form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect" || answer?.ok) this.form.hidden = true;
  }
}

customElements.define("looked-at", LookedAt);
