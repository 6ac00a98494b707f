// The doors that are open or being opened, by name; the best first. Each is fetched when it is needed.
const FETCHED = { socket: () => import("./socket.js"), stream: () => import("./stream.js"), asking: () => import("./asking.js") };
const TRIAL = 10000; // ms until a door that proved nothing is given up; asking goes on, less and less often

export const NAMES = Object.keys(FETCHED);
export const rank = (name) => NAMES.indexOf(name);

export class Doors {
  open = new Map(); // name → door, null while it is fetched

  constructor(line) {
    this.line = line;
  }

  get any() {
    return this.open.size > 0;
  }

  follow(stream, since) {
    for (const door of this.open.values()) door?.follow(stream, since);
  }

  leave(stream) {
    for (const door of this.open.values()) door?.leave(stream);
  }

  async attempt(name) {
    if (this.open.has(name)) return;
    this.open.set(name, null);
    const module = await FETCHED[name]().catch(() => null);
    if (this.open.get(name) !== null) return;
    if (!module) return this.line.failed(name);
    const door = new module.Door(this.line, name);
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
