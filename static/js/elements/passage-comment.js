// <passage-comment data-words="Comment on this">: around the form for a comment. Where words of the document are
// selected, a button takes them into the form's field for the passage. Without script they are copied and pasted.

class PassageComment extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("[name=passage]");
    if (!this.field) return;
    this.heard = new AbortController();
    document.addEventListener("selectionchange", () => this.look(), { signal: this.heard.signal });
  }

  disconnectedCallback() {
    this.heard?.abort();
    this.button?.remove();
  }

  // What is selected, if all of it stands in the text of the document.
  get chosen() {
    const selection = getSelection();
    if (selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const within = range.commonAncestorContainer;
    const words = selection.toString().trim();
    return words && (within.closest ? within : within.parentElement)?.closest(".read-out") ? { words, range } : null;
  }

  look() {
    const chosen = this.chosen;
    if (chosen) this.show(chosen.range.getBoundingClientRect());
    else if (this.button) this.button.hidden = true;
  }

  show({ left, top, bottom }) {
    this.button ??= this.make();
    this.button.hidden = false;
    this.button.style.insetBlockStart = `${(top > 60 ? top - 48 : bottom + 8) + scrollY}px`;
    this.button.style.insetInlineStart = `${Math.max(8, Math.min(left, innerWidth - 180))}px`;
  }

  make() {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button small quote-this" });
    button.textContent = this.dataset.words;
    button.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
    button.addEventListener("click", () => this.take());
    document.body.append(button);
    return button;
  }

  take() {
    this.field.value = this.chosen.words.slice(0, this.field.maxLength > 0 ? this.field.maxLength : undefined);
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    getSelection().removeAllRanges();
    this.button.hidden = true;
    this.querySelector("[name=body]").focus();
  }
}

customElements.define("passage-comment", PassageComment);
