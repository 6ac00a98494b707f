// Putting what a frame shows into the page, by id. HTML comes from our own partials and is parsed, never run.

// The words that scripts show, translated by the page: <template id="words" data-new-one="1 new post" …>.
export function word(key, n = 0) {
  const words = document.getElementById("words")?.dataset ?? {};
  return (words[n === 1 ? `${key}One` : key] ?? words[key] ?? "").replace("%n", n);
}

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

// Hearing a frame twice does no harm. Returns the new element where one came to stand that was not there before.
export function place(frame) {
  const there = document.getElementById(frame.id || frame.target);
  if (frame.verb === "remove") there?.remove();
  else if (there) swap(there, parse(frame.html));
  else if (frame.verb === "append") {
    const node = parse(frame.html);
    document.getElementById(frame.target)?.append(node);
    return node.isConnected ? node : null;
  }
  return null;
}

// The last place of a discussion's timeline leads to its newest post.
export function leadToLatest(node) {
  const link = document.querySelector("#timeline li:last-child a");
  link?.setAttribute("href", `#${node.id}`);
  link?.querySelector("time")?.replaceWith(node.querySelector("time").cloneNode(true));
}

// What somebody opened in it stays open, and the focus stays where it was.
export function swap(old, fresh) {
  const before = [...old.querySelectorAll("details")];
  [...fresh.querySelectorAll("details")].forEach((details, n) => (details.open ||= before[n]?.open ?? false));
  const all = "a, button, input, summary, textarea";
  const focus = [...old.querySelectorAll(all)].indexOf(document.activeElement);
  old.replaceWith(fresh);
  if (focus >= 0) fresh.querySelectorAll(all)[focus]?.focus({ preventScroll: true });
}

// The page as it is now, or null where it cannot be had.
export async function fetchPage() {
  const response = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (!response?.ok || response.redirected) return null;
  const text = await response.text().catch(() => null);
  return text && new DOMParser().parseFromString(text, "text/html");
}

const LEAVING = 10000; // ms within which a form that was sent leads to another page
let sent = -LEAVING;
const noted = (event) => event.defaultPrevented || (sent = performance.now());
document.addEventListener("submit", (event) => setTimeout(noted, 0, event));

// Whether somebody is writing, or has just sent a form: the page is not to be loaded again under them.
export function isTyping() {
  if (performance.now() - sent < LEAVING) return true;
  const fields = [...document.querySelectorAll("#main textarea, #main input:not([type=hidden])")];
  return fields.some((field) => field.value !== field.defaultValue || field === document.activeElement);
}

const LATER = 700; // ms after the page
const stands = new Promise((done) => {
  if (document.readyState === "complete") done();
  else addEventListener("load", () => setTimeout(done, LATER));
});

// What nobody waits for: a module, as soon as it can be had.
export async function whenQuiet(fetched) {
  await stands;
  for (let wait = 2000; ; wait = Math.min(2 * wait, 60000)) { // ms; a line that breaks just then is no end of it
    const module = await fetched().catch(() => null);
    if (module) return module;
    await new Promise((go) => [setTimeout(go, wait), addEventListener("online", go, { once: true })]);
  }
}

// `deed` is done once the node is on the screen.
export function whenSeen(node, deed) {
  const watching = new IntersectionObserver(([entry]) => entry.isIntersecting && deed());
  watching.observe(node);
  return watching;
}
