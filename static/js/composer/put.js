// Changing what stands in a field so that Ctrl+Z still takes it back, and whoever listens for `input` hears of it.

const SLOW = 20_000; // letters: beyond, the browser's own way takes long enough to notice

export function put(field, text, start = field.selectionStart, end = field.selectionEnd) {
  const whole = field.value.slice(0, start) + text + field.value.slice(end);
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  const isShort = text.length < SLOW;
  if (isShort && (text || start < end)) document.execCommand(text ? "insertText" : "delete", false, text);
  if (field.value === whole) return;
  field.value === whole || field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
}

// The lines that the selection touches: where they begin and end, and their text.
export function linesAt(field, from = field.selectionStart, to = field.selectionEnd) {
  const start = field.value.lastIndexOf("\n", from - 1) + 1;
  const next = field.value.indexOf("\n", Math.max(from, to - (to > from && field.value[to - 1] === "\n" ? 1 : 0)));
  const end = next < 0 ? field.value.length : next;
  return { start, end, text: field.value.slice(start, end) };
}

// A block of its own at the caret, with an empty line before and after it.
export function putBlock(field, block) {
  const before = field.value.slice(0, field.selectionStart);
  const after = field.value.slice(field.selectionEnd);
  const gap = !before ? "" : before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const rest = /^\n\n/.test(after) ? "" : /^\n/.test(after) ? "\n" : "\n\n";
  put(field, gap + block + rest);
  return before.length + gap.length;
}
