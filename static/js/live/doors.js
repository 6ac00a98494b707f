// The doors that are open or being opened, by name; the best first. All come with the page: one that is fetched when the
// line breaks can hang on the broken line, and is waited for then for ever.
import { Door as asking } from "./asking.js";
import { Door as socket } from "./socket.js";
import { Door as stream } from "./stream.js";

const DOORS = { socket, stream, asking };
const TRIAL = 10000; // ms until a door that proved nothing is given up; asking goes on, less and less often

export const NAMES = Object.keys(DOORS);
export const rank = (name) => NAMES.indexOf(name);

export class Doors {
  open = new Map(); // name → door

  constructor(line) {
    this.line = line;
  }

  get any() {
    return this.open.size > 0;
  }

  follow(stream, since) {
    for (const door of this.open.values()) door.follow(stream, since);
  }

  leave(stream) {
    for (const door of this.open.values()) door.leave(stream);
  }

  attempt(name) {
    if (this.open.has(name)) return;
    const door = new DOORS[name](this.line, name);
    this.open.set(name, door);
    const giveUp = () => this.open.get(name) === door && this.line.used !== name && this.line.failed(name);
    if (name !== "asking") setTimeout(giveUp, TRIAL);
  }

  // Try those that are better than the one that is used: soon, then now and then.
  upgradeIn(time, later) {
    clearTimeout(this.upgrade);
    const better = NAMES.slice(0, Math.max(0, rank(this.line.used)));
    if (!better.length) return;
    this.upgrade = setTimeout(() => {
      if (!document.hidden) better.forEach((name) => this.attempt(name));
      this.upgradeIn(later, later);
    }, time * (0.5 + Math.random()));
  }

  shut(name) {
    this.open.get(name)?.close();
    this.open.delete(name);
  }
}
