// Reply and Quote on a thread's page, written into the box below it: nothing that was typed is lost.
import { putBlock } from "./put.js";

export class Quoting {
  constructor(box) {
    this.box = box;
    this.form = box.closest("form");
    this.field = box.querySelector("textarea");
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "button small quote-this", hidden: true });
    this.button.textContent = box.dataset.quote;
    this.button.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
    this.button.addEventListener("click", () => this.quote(this.chosen));
    document.body.append(this.button);
    this.form.querySelector("[data-do=unanswer]").addEventListener("click", () => this.about(null));
  }

  // What is selected, if all of it is words of one post.
  get chosen() {
    const selection = getSelection();
    if (selection.isCollapsed) return null;
    const [from, to] = [selection.anchorNode, selection.focusNode].map((node) => (node.closest ? node : node.parentElement)?.closest(".prose"));
    const post = from && from === to && from.closest("#posts > li");
    const words = selection.toString().trim();
    return post && words ? { post, words, range: selection.getRangeAt(0) } : null;
  }

  selected() {
    const chosen = this.chosen;
    this.button.hidden = !chosen;
    if (!chosen) return;
    const { left, top, bottom } = chosen.range.getBoundingClientRect();
    const above = top > 60 ? top - 48 : bottom + 8;
    this.button.style.insetBlockStart = `${above + scrollY}px`;
    this.button.style.insetInlineStart = `${Math.max(8, Math.min(left, innerWidth - 120))}px`;
  }

  answer(link) {
    const post = link.closest("#posts > li");
    link.closest("details")?.removeAttribute("open");
    if (link.search.includes("quote=")) return this.quote(this.chosen ?? this.whole(post));
    this.about(post);
    this.field.focus();
  }

  whole(post) {
    return { post, words: post.querySelector(".prose").innerText.trim() };
  }

  quote({ post, words }) {
    this.about(post);
    const lines = words.replace(/\n{3,}/g, "\n\n").split("\n").map((line) => `> ${line}`.trimEnd());
    const source = this.box.dataset.source.replace("%name", this.name(post)).replace("%number", post.dataset.number);
    const href = new URL(post.querySelector(".when a").href).pathname;
    const { field } = this;
    if (!field.selectionEnd) field.setSelectionRange(field.value.length, field.value.length); // nobody put the caret there
    putBlock(this.field, `${lines.join("\n")}\n>\n> [${source.replace(/[[\]]/g, "")}](${href})`);
    this.button.hidden = true;
    getSelection().removeAllRanges();
    this.field.focus();
  }

  about(post) {
    const line = this.form.querySelector(".in-reply");
    this.form.elements.to.value = post?.dataset.number ?? "";
    line.hidden = !post;
    if (!post) return this.field.focus();
    line.querySelector("span").textContent = line.dataset.words.replace("%name", this.name(post)).replace("%number", post.dataset.number);
  }

  name(post) {
    return post.querySelector(".who").textContent.trim();
  }
}
