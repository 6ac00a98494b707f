// <reply-form data-offline data-failed>: sends its form without leaving the page and keeps the text until it has arrived.
// The answer is the post alone (201), or the form with what is wrong or with a preview, or a page with a sentence.

class ReplyForm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.isSending) this.send(event.target, event.submitter);
    });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.form.requestSubmit(this.form.querySelector(".primary"));
    });
  }

  get form() {
    return this.querySelector("form");
  }

  async send(form, button) {
    const body = new FormData(form);
    if (button?.name) body.append(button.name, button.value);
    this.say("");
    this.busy(true);
    try {
      const headers = { Accept: "text/html; fragment" };
      const answer = await fetch(form.action, { method: "POST", body, headers });
      this.take(answer, await answer.text());
    } catch {
      this.say(this.dataset.offline);
    } finally {
      this.busy(false);
    }
  }

  take(answer, html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    if (answer.status === 201) this.sent(page.querySelector("li"), answer.headers.get("Location"));
    else if (answer.status === 422) this.swap(page.querySelector("form"));
    else if (answer.ok) this.show(page.querySelector(".preview"));
    else this.refused(page);
  }

  sent(post, address) {
    const { body, files, alt, key } = this.form.elements;
    for (const field of [body, files, alt]) field.value = "";
    key.value = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");
    this.show(document.createElement("div"));
    this.form.dispatchEvent(new CustomEvent("post-sent", { bubbles: true, detail: { post, address } }));
    const posts = document.getElementById("posts");
    if (posts.dataset.last === "false") return location.assign(address);
    if (!document.getElementById(post.id)) posts.append(post);
    body.focus({ preventScroll: true });
  }

  swap(form) {
    const chosen = this.form.elements.files;
    this.form.replaceWith(form);
    form.elements.files.replaceWith(chosen);
    form.querySelector(".error-summary")?.focus();
  }

  show(preview) {
    preview.className = "preview";
    this.form.querySelector(".preview").replaceWith(preview);
    preview.scrollIntoView({ block: "nearest" });
  }

  // The server's own sentence, and its way out, such as a link to sign in.
  refused(page) {
    const sentence = page.querySelector("main h1 ~ p")?.textContent.trim();
    this.say(sentence || this.dataset.failed, page.querySelector("main a.button[href*='next=']"));
  }

  say(sentence, link = null) {
    if (!this.status) {
      this.status = Object.assign(document.createElement("p"), { className: "small" });
      this.status.setAttribute("role", "status");
      this.append(this.status);
    }
    this.status.replaceChildren(sentence, " ", link ?? "");
  }

  busy(isSending) {
    this.isSending = isSending;
    for (const button of this.querySelectorAll("button")) button.disabled = isSending;
  }
}

customElements.define("reply-form", ReplyForm);
