// <undo-send data-url>: what happens around the form to reply. For some seconds after sending, a toast takes the post back
// and puts its text into the form again; while somebody writes, a note says who else replied, so that sending need not ask.

const TIME = 10000; // ms, not counted while the toast has the focus or the pointer

class UndoSend extends HTMLElement {
  connectedCallback() {
    this.heard = new AbortController();
    const on = (name, deed) => document.addEventListener(name, deed, { signal: this.heard.signal });
    on("post-sent", (event) => this.offer(event.target, event.detail.post));
    on("live-placed", (event) => this.placed(event.detail.node));
  }

  disconnectedCallback() {
    this.heard.abort();
  }

  add(number) {
    const node = this.querySelectorAll("template")[number].content.firstElementChild.cloneNode(true);
    this.append(node);
    return node;
  }

  offer(form, post) {
    if (!post.dataset.number) return; // it waits for approval, and is taken back where it stands
    this.toast?.remove();
    this.news?.remove();
    this.news = null;
    const seen = form.elements.seen;
    if (seen?.value) seen.value = Math.max(seen.value, post.dataset.number);
    const toast = (this.toast = this.add(0));
    let left = TIME;
    const timer = setInterval(() => {
      if (!toast.matches(":hover, :focus-within")) left -= 500;
      if (left > 0 && toast.isConnected) return;
      clearInterval(timer);
      toast.remove();
    }, 500);
    toast.querySelector("button").addEventListener("click", () => this.undo(form, post.dataset.number, toast));
  }

  async undo(form, number, toast) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const asked = { method: "POST", body, headers: { Accept: "text/html; fragment" } };
    const answer = await fetch(this.dataset.url.replace("/0/", `/${number}/`), asked).catch(() => null);
    const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page && page.querySelector("form");
    if (!fresh) return toast.querySelector("span").replaceChildren(this.dataset.failed);
    form.elements.sequence.value = fresh.elements.sequence.value;
    form.elements.body.value = fresh.elements.body.value;
    form.elements.body.dispatchEvent(new Event("input", { bubbles: true }));
    toast.replaceChildren(this.dataset.done);
    form.elements.body.focus();
  }

  // A post came to stand on the page. Whoever is told here has seen it, so sending does not ask about it.
  placed(node) {
    const form = this.parentElement.querySelector("form[action*='/reply/']");
    const seen = form?.elements.seen;
    if (!seen?.value || !node.dataset.number || form.parentElement.isSending) return; // perhaps what is being sent
    seen.value = Math.max(seen.value, node.dataset.number);
    if (!form.elements.body.value || node.dataset.author === this.dataset.member) return;
    this.people = this.news ? this.people.add(node.dataset.author) : new Set([node.dataset.author]);
    this.news ??= this.add(1);
    const words = this.people.size === 1 ? this.dataset.one : this.dataset.many.replace("%n", this.people.size);
    const link = Object.assign(document.createElement("a"), { href: `#${node.id}`, textContent: words });
    this.news.replaceChildren(link);
  }
}

customElements.define("undo-send", UndoSend);
