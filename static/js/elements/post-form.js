// <post-form data-offline data-failed data-large>: sends its form without leaving the page and keeps the text until it
// has arrived. The answer is the post alone (201), or the form with what is wrong or with a preview or a template, or a sentence.

class PostForm extends HTMLElement {
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
    const last = [...document.querySelectorAll("#posts[data-last=true] > [data-number]")].at(-1);
    const { seen, body: { value: words } } = form.elements; // whoever has a reply on the page is not asked about it
    if (seen?.value && last) seen.value = Math.max(seen.value, last.dataset.number);
    const body = new FormData(form, button);
    if (button?.name === "preview") body.delete("files");
    this.say("");
    this.busy(button);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html; fragment" } });
      this.take(answer, await answer.text(), words);
    } catch {
      this.say(this.dataset.offline);
    } finally {
      this.busy(null);
    }
  }

  take(answer, html, words) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector("form:has(text-box)");
    if (answer.status === 201) this.sent(page.querySelector("li"), answer.headers.get("Location"), words);
    else if (answer.redirected) location.assign(answer.url);
    else if (answer.status === 413) this.say(this.dataset.large);
    else if (answer.ok && fresh && !fresh.elements.body.autofocus) this.show(fresh.querySelector(".preview"));
    else if (fresh) this.swap(fresh);
    else this.refused(page);
  }

  sent(post, address, words) {
    const { body, files, alt, key, to } = this.form.elements;
    for (const field of [files, alt, to]) if (field) field.value = "";
    if (body.value === words) body.value = ""; // else it is what was typed since: the next reply
    if (key) key.value = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");
    this.form.querySelector(".waiting-list")?.replaceChildren();
    this.form.querySelector(".in-reply")?.setAttribute("hidden", "");
    this.show(document.createElement("div"));
    this.form.dispatchEvent(new CustomEvent("post-sent", { bubbles: true, detail: { post, address } }));
    const posts = document.getElementById("posts");
    if (posts?.dataset.last !== "true") return location.assign(address);
    if (!document.getElementById(post.id)) posts.append(post);
    if (this.matches(":focus-within") || document.activeElement === document.body) body.focus({ preventScroll: true }); // else they went on
  }

  swap(form) {
    const { files } = this.form.elements;
    this.form.replaceWith(form);
    if (files) form.elements.files.replaceWith(files);
    form.querySelector("[autofocus]")?.focus();
  }

  show(preview) {
    preview.className = "preview";
    this.form.querySelector(".preview").replaceWith(preview);
    preview.scrollIntoView({ block: "nearest" });
  }

  // The server's own sentence, and its way out, such as a link to sign in.
  refused(page) {
    this.say(page.querySelector("main h1 ~ p")?.textContent.trim() || this.dataset.failed, page.querySelector("main a.button[href*='next=']"));
  }

  say(sentence, link = null) {
    this.status ??= this.appendChild(Object.assign(document.createElement("p"), { className: "small", role: "status" }));
    this.status.replaceChildren(sentence, " ", link ?? "");
  }

  // While it is on its way the button says so, and a second press does nothing.
  busy(button) {
    this.isSending = Boolean(button);
    for (const each of this.querySelectorAll("button")) each.disabled = this.isSending;
    if (button?.dataset.sending) {
      const words = button.textContent;
      button.textContent = button.dataset.sending;
      this.restore = () => (button.textContent = words);
    } else if (!button) this.restore?.();
  }
}

customElements.define("post-form", PostForm);
