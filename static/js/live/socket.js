// The first door: a WebSocket, both ways.
const SILENCE = 60000; // ms without a sign of life (the server gives one every 25 s) until it counts as dead
const SIGNED_OUT = 4401;

export class Door {
  constructor(line, name, path = "/live/socket/") {
    Object.assign(this, { line, name });
    this.socket = new WebSocket(new URL(path, location.href.replace(/^http/, "ws")));
    this.socket.onmessage = ({ data }) => data.split("\n").forEach((line) => this.take(JSON.parse(line)));
    this.socket.onclose = ({ code }) => (code === SIGNED_OUT ? line.signedOut() : line.failed(name));
    this.look = () => this.send({ away: document.hidden });
    document.addEventListener("visibilitychange", this.look);
    this.watch();
  }

  follow(follow, since) {
    this.send({ follow, since });
  }

  leave(leave) {
    this.send({ leave });
  }

  send(frame) {
    if (this.greeted) this.socket.send(JSON.stringify(frame));
  }

  take(frame) {
    this.watch();
    if (frame.verb === "heard?") return this.send({ heard: frame.turn });
    if (frame.verb === "hello") {
      this.greeted = true;
      for (const [stream, since] of this.line.wanted()) this.follow(stream, since);
      if (document.hidden) this.look();
    } else if (frame.verb === "following" || frame.verb === "lost") this.line.proven(this.name);
    if ((frame.stream && frame.verb !== "following") || frame.verb === "beat") this.line.heard(frame);
  }

  watch() {
    clearTimeout(this.deaf);
    this.deaf = setTimeout(() => this.line.failed(this.name), SILENCE);
  }

  close() {
    clearTimeout(this.deaf);
    document.removeEventListener("visibilitychange", this.look);
    this.greeted = this.socket.onclose = this.socket.onmessage = null;
    this.socket.close();
  }
}
