// What the tools write: marks around words, marks before lines, a link, a table. Pressing again takes a mark away.
import { linesAt, put, putBlock } from "./put.js";

const AROUND = { bold: "**", italic: "_" };
const BEFORE = { heading: () => "## ", list: () => "- ", numbered: (n) => `${n + 1}. `, quote: () => "> " };
const KNOWN = { heading: /^#{1,6} /, list: /^[-*+] (?!\[)/, numbered: /^\d+[.)] /, quote: /^> ?/ };
const TABLE = "|  |  |\n|---|---|\n|  |  |\n|  |  |";

export const marks = {
  bold: around("bold"),
  italic: around("italic"),
  heading: before("heading"),
  list: before("list"),
  numbered: before("numbered"),
  quote: before("quote"),
  link,
  table(field) {
    const start = putBlock(field, TABLE);
    field.setSelectionRange(start + 2, start + 2);
  },
};

function around(name) {
  const mark = AROUND[name];
  const length = mark.length;
  return (field) => {
    const { value, selectionStart, selectionEnd } = field;
    const words = value.slice(selectionStart, selectionEnd);
    const [lead] = words.match(/^\s*/);
    const start = selectionStart + (lead.length < words.length ? lead.length : 0);
    const end = start + words.trim().length;
    const inside = value.slice(start, end);
    const isMarked = value.slice(start - length, start) === mark && value.slice(end, end + length) === mark;
    if (isMarked) {
      put(field, inside, start - length, end + length);
      return field.setSelectionRange(start - length, end - length);
    }
    put(field, mark + inside + mark, start, end);
    field.setSelectionRange(start + length, end + length);
  };
}

function before(name) {
  return (field) => {
    const { start, end, text } = linesAt(field);
    const lines = text.split("\n");
    const isMarked = lines.every((line) => !line || KNOWN[name].test(line)) && text !== "";
    const others = name === "list" ? KNOWN.numbered : name === "numbered" ? KNOWN.list : null;
    const made = lines.map((line, n) => {
      if (isMarked) return line.replace(KNOWN[name], "");
      return BEFORE[name](n) + (others ? line.replace(others, "") : line);
    });
    const fresh = made.join("\n");
    put(field, fresh, start, end);
    const at = start + fresh.length;
    field.setSelectionRange(lines.length > 1 ? start : at, at);
  };
}

function link(field) {
  const { selectionStart: start, selectionEnd: end } = field;
  const words = field.value.slice(start, end);
  if (/^https?:\/\/\S+$/.test(words)) {
    put(field, `[](${words})`, start, end);
    return field.setSelectionRange(start + 1, start + 1);
  }
  put(field, `[${words}](https://)`, start, end);
  const at = start + words.length + 3;
  if (words) field.setSelectionRange(at, at + 8);
  else field.setSelectionRange(start + 1, start + 1);
}
