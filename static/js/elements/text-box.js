// <text-box class="composer">: a textarea with tools. What helps to write is loaded when somebody begins, never before.

class TextBox extends HTMLElement {
  connectedCallback() {
    const begin = () => this.begin();
    for (const sign of ["focusin", "pointerover", "dragover", "change"]) this.addEventListener(sign, begin, { once: true });
    this.addEventListener("click", (event) => this.tool(event));
    this.addEventListener("focusin", (event) => event.target.matches("textarea") && this.dock(true));
    this.addEventListener("focusout", (event) => this.closest(".reply")?.contains(event.relatedTarget) || this.dock(false));
    if (document.getElementById("posts")) this.awaitQuotes();
  }

  disconnectedCallback() {
    this.away?.abort();
    this.writing?.then((writing) => writing.end());
  }

  // Only the field brings the form to the edge: a button that moved while it is pressed would not be pressed.
  dock(isWriting) {
    this.closest(".reply")?.classList.toggle("docked", isWriting);
  }

  begin() {
    return (this.writing ??= import("../composer/writing.js").then((module) => new module.Writing(this)));
  }

  async tool(event) {
    const button = event.target.closest("[data-do]");
    if (button) (await this.begin()).do(button);
  }

  // Reply and Quote below a post (keys press them), and a selection in one: they write here instead of loading the page again.
  awaitQuotes() {
    const { signal } = (this.away = new AbortController());
    const quoting = () => (this.quoting ??= import("../composer/quoting.js").then((module) => new module.Quoting(this)));
    const hear = (sign, isMeant, deed) =>
      document.addEventListener(sign, (event) => isMeant(event) && quoting().then((found) => found[deed](event)), { signal });
    hear("selectionchange", () => !getSelection().isCollapsed || this.quoting, "selected");
    document.addEventListener(
      "click",
      (event) => {
        const link = event.target.closest?.("#posts a[href$='#reply']");
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !this.checkVisibility()) return;
        event.preventDefault();
        quoting().then((found) => found.answer(link)).catch(() => location.assign(link.href));
      },
      { signal },
    );
  }
}

customElements.define("text-box", TextBox);
