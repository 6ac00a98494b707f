// A page that heard "refresh": what changed in a <live-stream> is fetched and put into it, and so is what stands beside it.
// Where replies are taken no more, the form steps aside with all that was typed (its draft is saved as ever).
import { fetchPage, isTyping, swap } from "./place.js";

export async function renew(stream, frame) {
  const id = stream.dataset.refresh === "page" && (document.getElementById(frame.target)?.id ?? stream.id);
  const page = id && (await fetchPage());
  const fresh = page && page.getElementById(id);
  if (!fresh) return isTyping() ? leaveIfGone() : location.reload();
  const old = document.getElementById(id);
  if (!old) return; // it went while this was fetched
  if (old === stream) renewAll(stream, fresh);
  else swap(old, fresh);
  const sections = [document, page].map((each) => each.getElementById("reply"));
  if (sections[0] && sections[1]) renewReply(...sections);
  if (old === stream && "beside" in stream.dataset) renewAround(page);
}

function renewAll(stream, fresh) {
  const ticked = [...stream.querySelectorAll("input:checked")].map((box) => `[name="${box.name}"][value="${box.value}"]`);
  for (const box of ticked.length ? fresh.querySelectorAll(ticked.join()) : []) box.checked = true;
  if (stream.link) stream.seen(); // what it leads to is drawn anew
  const at = stream.contains(document.activeElement) && document.activeElement.getAttribute("href");
  stream.replaceChildren(...fresh.childNodes, stream.status);
  if (at) stream.querySelector(`a[href="${CSS.escape(at)}"]`)?.focus({ preventScroll: true });
}

function renewAround(page) {
  document.title = page.title;
  const [old, fresh] = [document, page].map((each) => each.querySelector(".rail"));
  if (old && fresh) swap(old, fresh);
}

function renewReply(old, fresh) {
  const form = old.querySelector("post-form");
  const [was, shut] = [old.querySelector(".shut"), fresh.querySelector(".shut")];
  if (was && shut) swap(was.querySelector(".note"), shut.querySelector(".note")); // the reason, if it is another one now
  else if (shut) close(old, form, shut);
  else if (was) open(old, form, fresh.querySelector("post-form"), was);
}

function close(section, form, shut) {
  const isHere = form.contains(document.activeElement);
  shut.querySelector(".kept").hidden = !form.querySelector("textarea").value;
  section.append(shut);
  form.hidden = true;
  say(section, shut.querySelector("p").textContent);
  if (isHere) focus(shut);
}

function open(section, form, fresh, was) {
  const isHere = was.contains(document.activeElement);
  was.remove();
  if (form) form.hidden = false;
  else section.append((form = fresh));
  say(section, section.dataset.open);
  if (isHere) form.querySelector("textarea").focus({ preventScroll: true });
}

function focus(shut) {
  shut.tabIndex = -1;
  shut.focus({ preventScroll: true });
}

// Read out once it has become quiet, like what else happens on the page.
function say(section, words) {
  const status = section.querySelector(".reply-said");
  setTimeout(() => (status.textContent = words.trim()), 700);
}

// The address leads nowhere any more: what was typed is handed over, the rest goes.
async function leaveIfGone() {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (answer?.status !== 404) return;
  const { empty, leave } = await import("./gone.js");
  await leave(empty());
}
