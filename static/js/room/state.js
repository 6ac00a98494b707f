// A room opens, closes, is archived or called something else: its head and the place where one writes, in place.
// What is typed stays: where nobody may write any more it can still be copied. Of many who look, not all ask at once.
import { fetchPage, swap } from "../live/place.js";
import { Writing } from "./writing.js";

const EACH = 100; // ms for each face that is shown as here

export async function turn(room) {
  const wait = Math.random() * EACH * document.querySelectorAll("#here li").length;
  await new Promise((done) => setTimeout(done, wait));
  const page = await fetchPage();
  const [head, dock] = [page?.getElementById("room-head"), page?.querySelector(".dock")];
  if (!head || !dock) return location.reload();
  const state = room.querySelector("link-state");
  swap(room.querySelector("#room-head"), head);
  room.calm.show();
  if (state) head.querySelector("link-state")?.replaceWith(state);
  const here = room.querySelector(".dock");
  here.querySelector(":scope > .note")?.remove();
  const note = dock.querySelector(":scope > .note");
  const form = here.querySelector("form.composer");
  const isOpen = Boolean(dock.querySelector("form.composer"));
  if (note) here.prepend(note), note.setAttribute("role", "status");
  if (form) {
    form.hidden = !isOpen && !form.elements.body.value;
    form.querySelector(".button.primary").disabled = !isOpen;
  } else if (isOpen) {
    here.append(...dock.childNodes);
    room.writing = new Writing(room, here.querySelector("form.composer"));
  }
}
