// What was on the page may not be seen any more. Nothing of it stays but what the visitor typed.
import { word } from "./place.js";

// Whether the server still shows this page to this visitor. Without an answer within two seconds: no.
export async function mayStay() {
  const response = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(2000) }).catch(() => null);
  return Boolean(response?.ok && !response.redirected);
}

// Show what the address says now: like one that never was, or without the part that is gone, or the way to sign in.
export async function leave(kept) {
  try {
    const response = await fetch(location.href, { cache: "no-store" });
    if (response.redirected) return goTo(response.url, kept);
    show(new DOMParser().parseFromString(await response.text(), "text/html"), kept);
  } catch {
    hand(kept); // no network: the note stands, the content is gone
  }
}

// Everything that was shown goes; returns what was typed and not sent.
export function empty() {
  const main = document.getElementById("main");
  const typed = [...main.querySelectorAll("textarea")].filter((field) => field.value && isTyped(field));
  const note = document.createElement("div");
  note.className = "wrap narrow page stack";
  note.innerHTML = '<p class="note" role="status"></p>';
  note.firstChild.textContent = word("lost");
  main.replaceChildren(note);
  for (const bar of document.querySelectorAll(".group-bar")) bar.remove();
  document.title = word("lost");
  return typed.map((field) => field.value);
}

// Also what was typed before: a draft, or a form that came back, stands in its field from the beginning.
function isTyped(field) {
  return field.value !== field.defaultValue || Boolean(field.form?.querySelector("draft-keeper[data-typed], draft-keeper .saved.ok"));
}

function goTo(url, kept) {
  if (kept.length === 0) return location.assign(url);
  const isOut = new URL(url).pathname.startsWith("/sign-in/");
  if (isOut) document.title = document.querySelector("#main .note").textContent = word("out");
  const link = Object.assign(document.createElement("a"), { href: url, textContent: word(isOut ? "signIn" : "goOn"), className: "button" });
  document.getElementById("main").firstChild.append(link);
  hand(kept);
}

function show(page, kept) {
  const main = page.getElementById("main");
  if (!main) return location.reload();
  document.title = page.title;
  document.getElementById("main").replaceChildren(...main.childNodes);
  hand(kept);
}

// Nothing typed is lost.
function hand(kept) {
  for (const text of kept) {
    const label = Object.assign(document.createElement("label"), { textContent: word("typed"), className: "field" });
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, rows: 6 });
    label.append(field);
    document.getElementById("main").firstElementChild.append(label);
  }
}
