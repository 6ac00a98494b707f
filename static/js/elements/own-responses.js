// <own-responses data-said="post-12:helpful post-12:saved">: the viewer's own reactions and bookmarks on a page that is
// drawn the same for everyone. Holds the form #respond that all their buttons belong to, and sends it without leaving:
// a button flips at once, and back with the reason if it was not taken.

const BUTTONS = "button[form='respond']";
let doing = null; // sending, toasts and copying: fetched with the first press

class OwnResponses extends HTMLElement {
  connectedCallback() {
    this.said = new Set(this.dataset.said.split(" ").filter(Boolean));
    this.heard = new AbortController();
    const on = { signal: this.heard.signal };
    document.addEventListener("submit", (event) => this.submitted(event), on);
    document.addEventListener("click", (event) => this.clicked(event), on);
    this.watch = new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) if (node.querySelectorAll) this.draw(node);
    });
    this.watch.observe(document.getElementById("main"), { childList: true, subtree: true });
    this.draw(document);
  }

  disconnectedCallback() {
    this.heard.abort();
    this.watch.disconnect();
  }

  draw(within) {
    for (const button of within.querySelectorAll("[data-print]")) button.hidden = false;
    const without = this.dataset.without.split(" ");
    for (const button of within.querySelectorAll(BUTTONS)) {
      button.setAttribute("aria-pressed", this.said.has(nameOf(button)));
      const item = button.closest("[data-say]");
      if (item) item.hidden = without.includes(item.dataset.say);
    }
  }

  set(name, isOn) {
    if (isOn) this.said.add(name);
    else this.said.delete(name);
    this.draw(document);
  }

  async submitted(event) {
    if (event.target.id !== "respond" || !event.submitter) return;
    event.preventDefault();
    const button = event.submitter;
    const name = nameOf(button);
    const isOn = !this.said.has(name);
    button.closest("details")?.removeAttribute("open");
    this.set(name, isOn);
    const { send } = await module();
    const why = await send(this, button, isOn);
    if (why) this.set(name, !isOn);
  }

  async clicked(event) {
    const link = event.target.closest("a[data-copy]");
    if (event.target.closest("[data-print]")) print();
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
    event.preventDefault();
    const { copy } = await module();
    copy(this, link);
  }
}

// "post-12:helpful" or "post-12:saved".
const nameOf = (button) => (button.name === "say" ? button.value : `${button.value}:saved`);

const module = () => (doing ??= import("../responses/send.js"));

customElements.define("own-responses", OwnResponses);
