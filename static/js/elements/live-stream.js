// <live-stream data-follow="thread-12" data-since="34">: puts what happens in the stream into the page.
//
// append   at the end of the element with the target's id; where that has data-last="false" (an earlier page of a long
//          list) or the new thing is out of sight, a link "2 new posts" is shown and nothing moves
//          (data-word names other words for it than those of posts)
// replace, remove   by id
// refresh  dispatches `live-refresh` here; with data-refresh="page" the content of this element (or of the frame's
//          target) is fetched anew, or the page is, unless somebody is typing (live/anew.js); with "whole", the page
// The line to the server (live.js) opens when the page stands: what happened since `data-since` is handed on then.
import { leadToLatest, isTyping, place, whenQuiet, whenSeen, word } from "../live/place.js";

class LiveStream extends HTMLElement {
  unseen = 0;
  untold = 0;

  connectedCallback() {
    this.status = Object.assign(document.createElement("p"), { className: "vh" });
    this.status.setAttribute("role", "status");
    this.append(this.status);
    this.follow();
  }

  async follow() {
    const live = await whenQuiet(() => import("../live.js"));
    if (this.stop || !this.isConnected) return;
    this.stop = live.follow(this.dataset.follow, Number(this.dataset.since), (frame) => this.hear(frame));
  }

  disconnectedCallback() {
    this.stop?.();
    this.stop = null;
    this.status.remove();
  }

  hear(frame) {
    if (frame.verb === "refresh") this.refresh(frame);
    else if (frame.verb === "append") this.append_(frame);
    else place(frame);
  }

  append_(frame) {
    const target = document.getElementById(frame.target);
    if (target?.dataset.last === "false" && !document.getElementById(frame.id)) {
      return this.point(target.dataset.lastUrl || location.pathname);
    }
    const node = place(frame);
    if (!node) return;
    if (frame.target === "posts") leadToLatest(node);
    this.dispatchEvent(new CustomEvent("live-placed", { bubbles: true, detail: { frame, node } }));
    if (node.getBoundingClientRect().top > innerHeight) this.point(`#${(this.first ??= node).id}`);
    else this.tell();
  }

  // A link to what is new, out of the way of what is being read.
  point(href) {
    this.unseen += 1;
    if (!this.link) {
      this.link = Object.assign(document.createElement("a"), { className: "pill live-new", href });
      this.link.addEventListener("click", () => this.seen());
      this.append(this.link);
    }
    this.link.textContent = word(this.dataset.word || "new", this.unseen);
    if (this.first) this.watching ??= whenSeen(this.first, () => this.seen());
    this.tell();
  }

  seen() {
    this.watching?.disconnect();
    this.link.remove();
    this.watching = this.link = this.first = null;
    this.unseen = 0;
  }

  // "2 new posts", once, when it has become quiet.
  tell() {
    this.untold += 1;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      this.status.textContent = word(this.dataset.word || "new", this.untold);
      this.untold = 0;
    }, 700);
  }

  refresh(frame) {
    const asked = new CustomEvent("live-refresh", { bubbles: true, cancelable: true, detail: { frame } });
    if (!this.dispatchEvent(asked) || !this.dataset.refresh) return;
    this.turn = Promise.resolve(this.turn).then(() => anew(this, frame)); // the one fetched last is the newest
  }
}

// Whatever goes wrong, the next refresh is heard.
const anew = (stream, frame) =>
  import("../live/anew.js").then(({ renew }) => renew(stream, frame)).catch(() => isTyping() || location.reload());

customElements.define("live-stream", LiveStream);
