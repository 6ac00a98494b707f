// Reading in peace: what is said is neither read out nor jumped to, a line says how much it is. Remembered in this browser,
// on a shared computer only until the page is left.
const KEY = "calm rooms";
const isShared = document.documentElement.hasAttribute("data-shared");

export class Calm {
  constructor(room) {
    this.room = room;
    this.is = !isShared && localStorage.getItem(KEY) === "on";
    room.addEventListener("click", (event) => event.target.closest("[data-calm]") && this.turn());
    this.show();
  }

  turn() {
    this.is = !this.is;
    if (!isShared && this.is) localStorage.setItem(KEY, "on");
    else localStorage.removeItem(KEY);
    this.show();
  }

  // Also called when the head of the room was put in anew.
  show() {
    this.room.querySelector("[data-calm]")?.setAttribute("aria-pressed", String(this.is));
    this.room.log.setAttribute("aria-live", this.is ? "off" : "polite");
  }
}
