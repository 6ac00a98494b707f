// What a paste is: a file, a text that is too long, a range of a spreadsheet, formatted text, or just words.
import { toMarkdown } from "./markdown.js";
import { put, putBlock } from "./put.js";
import { fromTabs } from "./table.js";

const MOST_HTML = 2_000_000; // letters: Word writes a lot of it around a page of text

export function paste(writing, event) {
  const { field, box, isPlain } = writing;
  const { clipboardData } = event;
  const plain = clipboardData.getData("text/plain");
  const files = [...clipboardData.files];
  if (files.length && !plain) {
    event.preventDefault();
    return writing.upload(files);
  }
  const most = Number(field.dataset.longest);
  if (plain.length > most) {
    event.preventDefault();
    const sizes = [plain.length, most].map((size) => size.toLocaleString());
    return writing.say(box.dataset.long.replace("%n", sizes[0]).replace("%most", sizes[1]));
  }
  if (isPlain) return;
  const text = formatted(clipboardData.getData("text/html"), plain);
  if (!text || text.length > most || squeezed(text) === squeezed(plain)) return;
  event.preventDefault();
  const start = field.selectionStart;
  if (text.includes("\n")) putBlock(field, text);
  else put(field, text);
  offerPlain(writing, plain, start, field.selectionEnd);
}

function formatted(html, plain) {
  if (html && html.length < MOST_HTML) return toMarkdown(html);
  return fromTabs(plain);
}

const squeezed = (text) => text.replace(/\s+/g, "");

function offerPlain({ field, box }, plain, start, end) {
  const made = field.value.slice(start, end);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button ghost small" });
  button.textContent = box.dataset.plain;
  const said = box.querySelector(".composer-said");
  button.addEventListener("click", () => {
    if (field.value.slice(start, end) === made) put(field, plain, start, end);
    said.replaceChildren();
  });
  said.replaceChildren(`${box.dataset.formatted} `, button);
}
