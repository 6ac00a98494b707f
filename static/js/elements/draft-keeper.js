// <draft-keeper data-save …>: stands in a form and keeps what is typed there. The work is in draft/keeper.js; it is fetched
// when the page is quiet or somebody types, and so is what happens around sending (undo-send.js).

const SOON = 800; // ms: after the page, before anybody has written much

class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.before = [...new FormData(this.form)];
    this.begin = () => this.load();
    this.form.addEventListener("input", this.begin);
    this.timer = setTimeout(this.begin, SOON);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.form.removeEventListener("input", this.begin);
    this.keeper?.stop();
  }

  // Where it cannot be had now, the next key asks again.
  async load() {
    const module = await import("../draft/keeper.js").catch(() => null);
    if (!module || this.keeper || !this.isConnected) return;
    this.form.removeEventListener("input", this.begin);
    this.keeper = new module.Keeper(this, this.form, this.before);
    if (document.querySelector("undo-send")) import("./undo-send.js").catch(() => null);
  }
}

customElements.define("draft-keeper", DraftKeeper);
