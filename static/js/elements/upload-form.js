// <upload-form>: shows how far a file is, and on a refusal keeps the chosen file and everything typed.
// Without script the form inside posts as it is. The words come from the element's data attributes.

class UploadForm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.request) this.send(event.target);
    });
  }

  disconnectedCallback() {
    this.request?.abort();
  }

  send(form) {
    const request = (this.request = new XMLHttpRequest());
    request.upload.addEventListener("progress", ({ loaded, total }) => this.show(loaded, total));
    request.addEventListener("load", () => this.answered(request));
    request.addEventListener("error", () => this.say(this.dataset.away));
    request.open("POST", form.action);
    request.send(new FormData(form));
    this.show(0, 1);
  }

  show(done, of) {
    if (!this.progress) {
      this.words = Object.assign(document.createElement("p"), { className: "small quiet" });
      this.words.setAttribute("role", "status");
      this.progress = Object.assign(document.createElement("progress"), { className: "progress" });
      this.progress.setAttribute("aria-label", this.dataset.sending);
      this.querySelector("form").append(this.words, this.progress);
    }
    this.progress.max = of;
    this.progress.value = done;
    const words = done < of ? this.dataset.sending : this.dataset.checking;
    if (this.words.textContent !== words) this.words.textContent = words;
  }

  // Where the answer leads, there we go; a refusal is shown in place, without losing what was chosen.
  answered(request) {
    const { status, responseURL } = request;
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const fresh = page.querySelector("upload-form form");
    if (status < 400 && new URL(responseURL).pathname.startsWith(this.dataset.home)) location.assign(responseURL);
    else if (status < 400) this.say(this.dataset.out);
    else if (status === 413) this.say(this.dataset.large);
    else if (fresh) this.renew(fresh);
    else this.say(page.querySelector("main p")?.textContent || this.dataset.away);
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

  say(words) {
    this.end();
    this.querySelector(".upload-said")?.remove();
    const said = Object.assign(document.createElement("p"), { className: "note bad upload-said", textContent: words });
    said.setAttribute("role", "alert");
    this.querySelector("form").prepend(said);
    said.scrollIntoView({ block: "nearest" });
  }

  end() {
    this.progress?.remove();
    this.words?.remove();
    this.progress = this.words = this.request = null;
  }
}

customElements.define("upload-form", UploadForm);
