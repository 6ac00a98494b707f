// Following: elements say what they follow; frames reach each of them in order, each number once.
// All elements of a tab share one line to the server (live/line.js).
import { Line } from "./live/line.js";

const PATIENCE = 2000; // ms
const followed = new Map(); // stream → Set of {number, hear}
const line = new Line(wanted, heard);

// Follow `stream` from `number` on: `hear` is called with each frame. Returns a function that stops it.
// Who only counts what happens elsewhere gives `lost`: that one may see the stream no more then changes nothing here.
export function follow(stream, number, hear, lost = null) {
  const follower = { number, hear, lost };
  if (!followed.has(stream)) followed.set(stream, new Set());
  followed.get(stream).add(follower);
  line.follow(stream, number);
  return () => {
    followed.get(stream)?.delete(follower);
    if (followed.get(stream)?.size !== 0) return;
    followed.delete(stream);
    line.doors.leave(stream);
  };
}

// "live", "stream" or "slow" by the door that is used, "away" or "offline"; now ("" if not known yet) and whenever it changes.
export function watchState(tell) {
  line.addEventListener("state", () => tell(line.state));
  tell(line.state);
}

// What is followed, and from which number on: a Map of stream → number.
function wanted() {
  return new Map([...followed].map(([stream, all]) => [stream, Math.min(...[...all].map((one) => one.number))]));
}

function heard(frame) {
  if (frame.verb === "signed-out") return signedOut();
  if (frame.verb === "lost") return lost(frame.stream);
  if (frame.verb === "beat") return compare(frame.at);
  for (const follower of [...(followed.get(frame.stream) ?? [])]) {
    if (!frame.number) { // of this moment only
      follower.hear(frame);
      continue;
    }
    const isNew = frame.number > follower.number || (frame.verb === "refresh" && frame.number < follower.number);
    if (!isNew) continue;
    if (frame.after > follower.number) {
      askAgain(frame.stream, follower);
      continue;
    }
    follower.number = frame.number;
    follower.hear(frame);
  }
}

// The server says now and then up to where it has told each stream.
function compare(at) {
  for (const [stream, number] of Object.entries(at))
    for (const follower of followed.get(stream) ?? []) if (number > follower.number) askAgain(stream, follower);
}

// Something between was lost on the way: what came after the last number known is told once more, in order.
function askAgain(stream, follower) {
  if (follower.askedFrom === follower.number && performance.now() - follower.askedAt < PATIENCE) return;
  Object.assign(follower, { askedFrom: follower.number, askedAt: performance.now() });
  line.follow(stream, follower.number);
}

// What was on the page may not be seen any more: it goes at once, then the server says what there is instead.
async function lost(stream) {
  const all = [...(followed.get(stream) ?? [])];
  followed.delete(stream);
  for (const follower of all) follower.lost?.();
  if (all.every((follower) => follower.lost)) return;
  const { empty, leave } = await gone();
  await leave(empty());
}

// Signed out elsewhere, expired, suspended, or only a new session key after a change of password: the server knows.
async function signedOut() {
  const { empty, leave, mayStay } = await gone();
  if (await mayStay()) return line.startAgain();
  line.ended = true;
  await leave(empty());
}

// Fetched when the page is quiet, not when it is needed. If it cannot be had even then, the whole page goes.
const gone = () => import("./live/gone.js").catch(() => location.reload());
setTimeout(() => import("./live/gone.js").catch(() => null), 4000);
