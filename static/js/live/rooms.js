// How much was said that one has not read, in each group: beside its name and on its tab. Fetched once, then counted here.
const MOST = 99;

export class Rooms {
  rooms = {}; // key of room → {group, last, read}

  constructor(address) {
    this.address = address;
  }

  async ask() {
    const answer = await fetch(this.address, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    Object.assign(this, await answer.json());
    this.show();
  }

  // Whether the frame was about a room: somebody said something, or one has read on, here or on another page.
  hear({ verb, room, last, by, to }) {
    if (verb !== "said" && verb !== "read") return false;
    const known = this.rooms[room];
    if (!known) {
      this.ask();
    } else {
      if (verb === "read" || (by === this.me && known.read === last - 1)) known.read = Math.max(known.read, to ?? last);
      known.last = Math.max(known.last, last ?? 0);
      this.show();
    }
    return true;
  }

  show() {
    const unread = {};
    for (const { group, last, read } of Object.values(this.rooms)) unread[group] = (unread[group] ?? 0) + Math.max(0, last - read);
    for (const place of document.querySelectorAll("[data-said-in]")) {
      const number = unread[place.dataset.saidIn] ?? 0;
      place.hidden = number === 0;
      place.querySelector("b").textContent = number > MOST ? `${MOST}+` : String(number);
    }
  }
}
