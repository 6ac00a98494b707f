// What <own-responses> does when a button is pressed: send it, copy a link, say what happened.
import { parse, swap } from "../live/place.js";
import { toast } from "./toast.js";

const headers = { Accept: "text/html; fragment" };

// Returns why it was not taken, or nothing.
export async function send(page, button, isOn) {
  return button.name === "say" ? sendSay(page, button, isOn) : sendSave(page, button, isOn);
}

async function sendSay(page, button, isOn) {
  const bar = button.closest(".reactions");
  const count = button.querySelector("b");
  if (count) count.textContent = Math.max(0, Number(count.textContent) + (isOn ? 1 : -1));
  const answer = await post(page, page.querySelector("form").action, { say: button.value, on: isOn ? "1" : "0" });
  const fresh = answer?.ok && parse((await answer.text()).trim());
  const there = document.getElementById(bar.id);
  if (fresh && there) return void swap(there, fresh);
  if (count) count.textContent = Number(count.textContent) - (isOn ? 1 : -1);
  return refused(page, answer);
}

async function sendSave(page, button, isOn) {
  const answer = await post(page, button.formAction, { thing: button.value, ...(isOn ? {} : { off: "1" }) });
  if (!answer?.ok) return refused(page, answer);
  const note = { words: page.dataset.note, href: answer.headers.get("Location") };
  const undo = { words: page.dataset.undo, act: () => button.click() };
  toast(isOn ? page.dataset.saved : page.dataset.removed, isOn ? [note, undo] : [undo]);
}

export async function copy(page, link) {
  link.closest("details")?.removeAttribute("open");
  const taken = await navigator.clipboard.writeText(link.href).then(() => true, () => false);
  if (taken) toast(page.dataset.copied, []);
  else location.assign(link.href);
}

function post(page, url, fields) {
  const body = new FormData(page.querySelector("form"));
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return fetch(url, { method: "POST", body, headers }).catch(() => null);
}

// The server's own sentence, if it has one.
async function refused(page, answer) {
  const html = answer ? await answer.text() : "";
  const sentence = new DOMParser().parseFromString(html, "text/html").querySelector("main h1 ~ p")?.textContent.trim();
  const why = answer ? sentence || page.dataset.failed : page.dataset.offline;
  toast(why, []);
  return why;
}
