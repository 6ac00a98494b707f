// <draft-keeper data-save …>: stands in a form and keeps what is typed there. The work is in draft/keeper.js; it is fetched
// when somebody goes to the form, and so is what happens around sending (undo-send.js). Who only reads never needs it,
// unless something is there to be kept: a text that came back, or one that this browser kept.

const SOON = 800; // ms: after the page
const SIGNS = ["focusin", "input"];
const isKept = () => Object.keys(localStorage).some((key) => key.startsWith("draft "));

class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.before = [...new FormData(this.form)];
    this.begin = () => this.load();
    for (const sign of SIGNS) this.form.addEventListener(sign, this.begin);
    this.timer = setTimeout(() => this.hasText() && this.load(), SOON);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.unhear();
    this.keeper?.stop();
  }

  unhear() {
    for (const sign of SIGNS) this.form.removeEventListener(sign, this.begin);
  }

  // Also what the browser itself put back into the form.
  hasText() {
    const is = (entries) => JSON.stringify(entries.filter(([, value]) => typeof value === "string"));
    return "typed" in this.dataset || isKept() || is([...new FormData(this.form)]) !== is(this.before);
  }

  // Where it cannot be had now, the next key asks again.
  async load() {
    const module = await import("../draft/keeper.js").catch(() => null);
    if (!module || this.keeper || !this.isConnected) return;
    this.unhear();
    this.keeper = new module.Keeper(this, this.form, this.before);
    if (document.querySelector("undo-send")) import("./undo-send.js").catch(() => null);
  }
}

customElements.define("draft-keeper", DraftKeeper);
