// Pictures and files on their way: one after the other, each with its progress, a way to stop it and to try again.
import { parse } from "../live/place.js";

const MOST = 10;

export class Uploads {
  queue = [];

  constructor(box, say) {
    this.box = box;
    this.say = say;
    this.list = box.querySelector(".waiting-list");
    this.words = box.dataset;
    box.closest("form").addEventListener("submit", (event) => this.hold(event), { capture: true });
  }

  add(files) {
    const room = MOST - this.list.children.length;
    this.say(files.length > room ? this.words.many : "");
    for (const file of files.slice(0, Math.max(0, room))) this.queue.push(this.row(file));
    if (!this.running) this.next();
  }

  // A text does not leave without its files.
  hold(event) {
    if (!this.list.querySelector(".is-uploading") || event.submitter?.name === "preview") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.say(this.words.wait);
  }

  row(file) {
    const node = document.createElement("li");
    node.className = "waiting is-uploading";
    const words = document.createElement("span");
    const bar = Object.assign(document.createElement("progress"), { className: "progress", max: 1, value: 0 });
    const stop = button(this.words.cancel, () => (node.request?.abort(), node.remove(), this.finish(node)));
    bar.setAttribute("aria-label", file.name);
    words.textContent = file.name;
    node.append(words, bar, stop);
    this.list.append(node);
    return Object.assign(node, { file, words, bar });
  }

  next() {
    const node = (this.running = this.queue.shift());
    if (!node) return;
    if (!node.isConnected) return this.next();
    if (node.file.size > Number(this.words.mostBytes)) return this.failed(node, this.words.tooLarge, false);
    const request = (node.request = new XMLHttpRequest());
    const body = new FormData();
    body.append("csrfmiddlewaretoken", this.box.closest("form").elements.csrfmiddlewaretoken.value);
    body.append("file", node.file);
    request.upload.addEventListener("progress", ({ loaded, total }) => (node.bar.value = total ? loaded / total : 0));
    request.addEventListener("load", () => this.answered(node, request));
    request.addEventListener("error", () => this.failed(node, this.words.lost, true));
    request.open("POST", this.words.upload);
    request.send(body);
  }

  answered(node, { status, responseText, responseURL }) {
    const isOurs = status === 201 && responseURL.endsWith(this.words.upload);
    if (isOurs) {
      const row = parse(responseText.trim());
      node.replaceWith(row);
      row.querySelector("input.input")?.focus();
      this.box.dispatchEvent(new Event("input", { bubbles: true }));
      return this.finish(node);
    }
    const page = new DOMParser().parseFromString(responseText, "text/html");
    const why = status === 422 ? responseText : page.querySelector("main h1 ~ p")?.textContent.trim();
    this.failed(node, why || this.words.lost, status !== 422);
  }

  failed(node, why, mayRetry) {
    node.classList.remove("is-uploading");
    node.words.textContent = `${node.file.name}: ${why}`;
    node.words.setAttribute("role", "alert");
    node.bar.remove();
    if (mayRetry) node.lastChild.before(button(this.words.retry, () => (node.remove(), this.add([node.file]))));
    this.finish(node);
  }

  finish(node) {
    if (this.running === node) this.next();
  }
}

function button(words, deed) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button ghost small", textContent: words });
  made.addEventListener("click", deed);
  return made;
}
