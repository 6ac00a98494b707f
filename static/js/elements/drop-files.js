// <drop-files>: files dropped on a document make a version of it, anywhere else in it new documents, in the folder under
// the pointer or in the one that is shown. The form for it comes into a dialog from its own page, with the files in it.

class DropFiles extends HTMLElement {
  connectedCallback() {
    this.addEventListener("dragover", (event) => this.over(event));
    this.addEventListener("dragleave", (event) => this.contains(event.relatedTarget) || this.mark(null));
    this.addEventListener("drop", (event) => this.drop(event));
  }

  over(event) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    this.mark(event.target);
  }

  // What is under the pointer: where its form is, and what is marked.
  mark(target) {
    const row = target?.closest("tr[id^=document-]");
    const folder = target?.closest("a[data-folder]");
    const place = row ?? folder ?? (target && this);
    if (this.marked !== place) this.marked?.classList.remove("takes-files");
    place?.classList.add("takes-files");
    this.marked = place;
    if (row) return `${row.querySelector(".doc-title").pathname}version/`;
    return folder ? `${this.dataset.many.split("?")[0]}?folder=${folder.dataset.folder}` : (this.dataset.version ?? this.dataset.many);
  }

  async drop(event) {
    const files = [...event.dataTransfer.files];
    if (!files.length) return;
    event.preventDefault();
    const address = this.mark(event.target);
    this.mark(null);
    const isVersion = address.endsWith("version/");
    if (isVersion && files.length > 1) return this.open(this.words(this.dataset.one));
    const answer = await fetch(address).catch(() => null);
    const page = new DOMParser().parseFromString((await answer?.text()) ?? "", "text/html");
    const element = page.querySelector("upload-form, many-files");
    if (!answer?.ok || !element) return this.open(this.words(page.querySelector("main h1 ~ p")?.textContent ?? this.dataset.away));
    this.open(...element.parentElement.children);
    if (isVersion) this.hand(element, files[0]);
    else element.add(files);
  }

  hand(element, file) {
    const carrier = new DataTransfer();
    carrier.items.add(file);
    element.querySelector("input[type=file]").files = carrier.files;
  }

  words(text) {
    return Object.assign(document.createElement("p"), { textContent: text });
  }

  open(...parts) {
    const dialog = Object.assign(document.createElement("dialog"), { className: "dialog stack" });
    dialog.append(...parts.map((part) => document.adoptNode(part)));
    const back = dialog.querySelector("a.ghost") ?? Object.assign(document.createElement("button"), { className: "button", textContent: this.dataset.close });
    if (!back.isConnected && !dialog.contains(back)) dialog.append(back);
    back.addEventListener("click", (event) => (event.preventDefault(), dialog.close()));
    dialog.addEventListener("close", () => (dialog.querySelector(".badge.ok") && location.reload(), dialog.remove()));
    document.body.append(dialog);
    dialog.showModal();
  }
}

customElements.define("drop-files", DropFiles);
