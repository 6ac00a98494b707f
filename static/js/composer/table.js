// Tables without pain: Tab moves from cell to cell and adds a row at the end, and a range from a spreadsheet is a table.
import { linesAt, put } from "./put.js";

const ROW = /^\s*\|.*\|\s*$/;
const RULE = /^\s*\|(\s*:?-+:?\s*\|)+\s*$/;

// Whether the key was ours. Esc first, and Tab leaves the field as everywhere.
export function moveInTable(field, event) {
  if (event.key === "Escape") field.leaves = true;
  if (event.key !== "Tab" || event.ctrlKey || event.altKey || event.metaKey) {
    if (event.key !== "Escape" && event.key !== "Shift") field.leaves = false;
    return false;
  }
  const line = linesAt(field, field.selectionStart, field.selectionStart);
  if (field.leaves || !ROW.test(line.text)) return false;
  const cells = cellsAround(field, line);
  const here = cells.findIndex(({ start, end }) => field.selectionStart >= start && field.selectionStart <= end);
  const next = cells[here + (event.shiftKey ? -1 : 1)];
  if (!next && event.shiftKey) return false;
  event.preventDefault();
  if (next) select(field, next);
  else addRow(field, cells);
  return true;
}

// The cells of the whole table around a line, in order, without its rule.
function cellsAround(field, line) {
  let { start, end } = line;
  for (let above; start > 0 && ROW.test((above = linesAt(field, start - 1, start - 1)).text); ) start = above.start;
  for (let below; end < field.value.length && ROW.test((below = linesAt(field, end + 1, end + 1)).text); ) end = below.end;
  const cells = [];
  for (let at = start; at < end; ) {
    const row = linesAt(field, at, at);
    if (!RULE.test(row.text)) cells.push(...cellsOf(row));
    at = row.end + 1;
  }
  return Object.assign(cells, { end });
}

function cellsOf(row) {
  const bars = [...row.text.matchAll(/(?<!\\)\|/g)].map((found) => row.start + found.index);
  return bars.slice(0, -1).map((bar, n) => ({ start: bar + 1, end: bars[n + 1], of: bars.length - 1 }));
}

function select(field, { start, end }) {
  const words = field.value.slice(start, end);
  const lead = words.length - words.trimStart().length;
  if (words.trim()) field.setSelectionRange(start + lead, start + words.trimEnd().length);
  else field.setSelectionRange(start + Math.min(1, words.length), start + Math.min(1, words.length));
}

function addRow(field, cells) {
  const row = `\n|${"  |".repeat(cells[0].of)}`;
  put(field, row, cells.end, cells.end);
  field.setSelectionRange(cells.end + 3, cells.end + 3);
}

// What a spreadsheet copies: lines of cells between tabs. Empty if it is not that.
export function fromTabs(text) {
  const rows = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"));
  const width = rows[0].length;
  if (width < 2 || rows.some((row) => row.length !== width)) return "";
  return toTable(rows);
}

export function toTable(rows) {
  const width = Math.max(...rows.map((row) => row.length));
  const lines = rows.map((row) => {
    const cells = Array.from({ length: width }, (_, n) => (row[n] ?? "").trim().replace(/\|/g, "\\|").replace(/\s+/g, " "));
    return `| ${cells.join(" | ")} |`;
  });
  lines.splice(1, 0, `|${"---|".repeat(width)}`);
  return lines.join("\n");
}
