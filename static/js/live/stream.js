// The second door: server-sent events, one way, over an ordinary answer that does not end. A browser keeps few of those
// for one host (six, where the server speaks HTTP/1.1), so a tab that nobody looks at gives its own up.
const SILENCE = 60000; // ms, as for the socket
const REST = 10000;
const SIGNED_OUT = 4401;
const GOING = 1001; // the server ends it now and then: ask anew

export class Door {
  constructor(line, name, path = "/live/stream/") {
    Object.assign(this, { line, name, path });
    this.rest = () => {
      clearTimeout(this.resting);
      if (document.hidden) this.resting = setTimeout(() => line.failed(name), REST);
    };
    document.addEventListener("visibilitychange", this.rest);
    this.ask();
  }

  // What is followed is said when it opens, so whatever is followed more opens it anew.
  ask() {
    this.source?.close();
    this.source = new EventSource(`${this.path}?${new URLSearchParams([...this.line.wanted()])}`);
    this.source.onmessage = ({ data }) => this.take(JSON.parse(data));
    this.source.onerror = () => this.line.failed(this.name);
    this.watch();
  }

  follow() {
    clearTimeout(this.again);
    this.again = setTimeout(() => this.ask(), 50);
  }

  leave() {}

  take(frame) {
    this.watch();
    if (frame.verb === "closed" && frame.code === SIGNED_OUT) return this.line.signedOut();
    if (frame.verb === "closed") return frame.code === GOING ? this.ask() : this.line.failed(this.name);
    if (frame.verb === "following" || frame.verb === "lost") this.line.proven(this.name);
    if ((frame.stream && frame.verb !== "following") || frame.verb === "beat") this.line.heard(frame);
  }

  watch() {
    clearTimeout(this.deaf);
    this.deaf = setTimeout(() => this.line.failed(this.name), SILENCE);
  }

  close() {
    for (const timer of [this.deaf, this.again, this.resting]) clearTimeout(timer);
    document.removeEventListener("visibilitychange", this.rest);
    this.source.onerror = null;
    this.source.close();
  }
}
