// <connection-check>: tries each door with what the pages themselves use, and says which let frames through.
const DOORS = {
  socket: [() => import("../live/socket.js"), "/live/check/socket/"],
  stream: [() => import("../live/stream.js"), "/live/check/stream/"],
  asking: [() => import("../live/asking.js"), "/live/check/events/"],
};
const LATE = 5000; // ms

class ConnectionCheck extends HTMLElement {
  async connectedCallback() {
    const names = Object.keys(DOORS);
    const works = await Promise.all(names.map((name) => this.tried(name)));
    this.querySelector("[role=status]").textContent = this.dataset[["best", "fine", "slow", "none"].at(works.indexOf(true))];
  }

  async tried(name) {
    const took = await proof(name);
    const { works, blocked } = this.dataset;
    this.querySelector(`[data-door=${name}]`).textContent = took === null ? blocked : works.replace("%n", took);
    return took !== null;
  }
}

// After how many ms the door was proven to work; null if it was not.
async function proof(name) {
  const [fetched, path] = DOORS[name];
  const began = performance.now();
  const module = await fetched().catch(() => null);
  let door = null;
  const took = await new Promise((done) => {
    const no = () => done(null);
    setTimeout(no, LATE);
    const line = { wanted: () => new Map([["check-0", 0]]), heard() {}, become: no, failed: no, signedOut: no };
    line.proven = () => done(Math.round(performance.now() - began));
    if (module) door = new module.Door(line, name, path);
    else no();
  });
  door?.close();
  return took;
}

customElements.define("connection-check", ConnectionCheck);
