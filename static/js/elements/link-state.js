// <link-state class="link-state">: how live the page is, in words.
import { watchState } from "../live.js";
import { word } from "../live/place.js";

class LinkState extends HTMLElement {
  connectedCallback() {
    watchState((state) => {
      if (!state) return;
      const isAway = state === "away" || state === "offline";
      const dot = Object.assign(document.createElement("span"), { className: isAway ? "dot away" : "dot" });
      this.replaceChildren(dot, word(state));
      this.dataset.state = state;
    });
  }
}

customElements.define("link-state", LinkState);
