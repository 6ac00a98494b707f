// <similar-threads data-url>: while a title is typed in the form around it, shows the discussions that are like it.

const QUIET = 500; // ms after the last key
const SHORTEST = 6; // letters

class SimilarThreads extends HTMLElement {
  connectedCallback() {
    this.title_ = this.closest("form").elements.title;
    this.title_.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(this.title_.value.trim()), QUIET);
    });
  }

  async ask(title) {
    if (title.length < SHORTEST) return this.replaceChildren();
    const url = `${this.dataset.url}?${new URLSearchParams({ title: title.slice(0, 200) })}`;
    const answer = await fetch(url).catch(() => null);
    if (!answer?.ok || answer.redirected || title !== this.title_.value.trim()) return;
    const html = (await answer.text()).trim();
    if (html === this.shown) return; // said once is enough
    this.shown = html;
    this.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  }
}

customElements.define("similar-threads", SimilarThreads);
