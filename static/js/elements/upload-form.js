// <upload-form>: shows how far a file is, and on a refusal keeps the chosen file and everything typed.
// Without script the form inside posts as it is. The words come from the element's data attributes.
import { Sending } from "../upload/sending.js";
import { why } from "../upload/why.js";

class UploadForm extends HTMLElement {
  online = () => this.querySelector(".upload-said button")?.click();

  connectedCallback() {
    this.addEventListener("submit", (event) => (event.preventDefault(), this.send(event.target)));
    this.addEventListener("change", ({ target }) => target.type === "file" && this.fits(target));
    this.addEventListener("click", ({ target }) => target.closest("a.ghost") && this.sending?.giveUp());
    addEventListener("online", this.online);
  }

  disconnectedCallback() {
    this.sending?.halt.abort();
    removeEventListener("online", this.online);
  }

  // Said before a byte is sent.
  fits(field) {
    const isTooLarge = field?.files[0]?.size > Number(this.dataset.most);
    this.querySelector(".upload-said")?.remove();
    if (isTooLarge) this.say(this.dataset.large);
    return !isTooLarge;
  }

  async send(form) {
    const field = form.querySelector("input[type=file]");
    if (this.progress || !this.fits(field)) return;
    this.show(0, this.dataset.sending);
    this.sending = new Sending(form, field.name, field.files[0], this.dataset, this);
    const answer = await this.sending.go();
    if (!this.isConnected) return;
    if (answer) this.answered(answer);
    else this.say(this.dataset.away, this.dataset.goOn);
  }

  gets(share) {
    this.show(share, share < 1 ? this.words.textContent : this.dataset.checking);
  }

  broke() {
    this.show(this.progress.value, this.dataset.broken);
  }

  goesOn(share) {
    this.show(share, share ? this.dataset.onward.replace("%n", Math.floor(share * 100)) : this.dataset.sending);
  }

  show(share, words) {
    if (!this.progress) {
      this.words = Object.assign(document.createElement("p"), { className: "small quiet" });
      this.words.setAttribute("role", "status");
      this.progress = Object.assign(document.createElement("progress"), { className: "progress", max: 1 });
      this.progress.setAttribute("aria-label", this.dataset.sending);
      this.querySelector("form").append(this.words, this.progress);
    }
    this.progress.value = share;
    if (this.words.textContent !== words) this.words.textContent = words;
  }

  // Where the answer leads, there we go; a refusal is shown in place, without losing what was chosen.
  answered(answer) {
    const fresh = new DOMParser().parseFromString(answer.text, "text/html").querySelector("upload-form form");
    if (answer.status < 400 && new URL(answer.url).pathname.startsWith(this.dataset.home)) location.assign(answer.url);
    else if (fresh) this.renew(fresh);
    else this.say(why(answer, this.dataset));
  }

  // The answered form has the errors and the typed text; the file inputs are ours, for only they hold the files.
  renew(fresh) {
    this.end();
    for (const mine of this.querySelectorAll("input[type=file]")) {
      fresh.querySelector(`input[name=${mine.name}]`)?.replaceWith(mine);
    }
    this.querySelector("form").replaceWith(fresh);
    fresh.querySelector(".error-summary")?.focus();
  }

  say(words, onward) {
    this.end();
    this.querySelector(".upload-said")?.remove();
    const said = Object.assign(document.createElement("p"), { className: "note bad upload-said", textContent: words });
    said.setAttribute("role", "alert");
    if (onward) said.append(" ", Object.assign(document.createElement("button"), { className: "button small", textContent: onward }));
    this.querySelector("form").prepend(said);
    said.scrollIntoView({ block: "nearest" });
  }

  end() {
    this.progress?.remove();
    this.words?.remove();
    this.progress = this.words = null;
  }
}

customElements.define("upload-form", UploadForm);
