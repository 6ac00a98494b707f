// What Word, a web page or a mail program copies, as Markdown: structure is kept, looks are not. Nothing of it is run or
// loaded: the parsed page is never shown, and style and src are renamed before it is parsed.
import { toTable } from "./table.js";

const BLOCKS = new Set("P DIV H1 H2 H3 H4 H5 H6 UL OL LI TABLE BLOCKQUOTE PRE SECTION ARTICLE HR HEADER FOOTER MAIN DL DT DD FIGURE FIGCAPTION".split(" "));
const LEFT_OUT = new Set("STYLE SCRIPT META LINK TITLE HEAD TEMPLATE NOSCRIPT SVG IFRAME OBJECT".split(" "));

export function toMarkdown(html) {
  const bare = html.replace(/<style[^]*?<\/style>/gi, "");
  const tame = bare.replace(/<[^>]*>/g, (tag) => tag.replace(/\s(style|src|srcset|background)\s*=/gi, " data-$1="));
  const page = new DOMParser().parseFromString(tame, "text/html");
  return blocks(page.body).replace(/\n{3,}/g, "\n\n").trim();
}

function blocks(parent) {
  const found = [];
  let line = "";
  const close = () => (line.trim() && found.push(line.trim()), (line = ""));
  for (const node of parent.childNodes) {
    if (node.nodeType === 1 && (BLOCKS.has(node.nodeName) || hasBlocks(node))) {
      close();
      const made = block(node);
      const joins = isItem(node) && found.isItem;
      found.isItem = isItem(node);
      if (made) joins ? (found[found.length - 1] += `\n${made}`) : found.push(made);
    } else line += inline(node);
  }
  close();
  return found.join("\n\n");
}

function block(node) {
  const name = node.nodeName;
  if (LEFT_OUT.has(name)) return "";
  if (/^H[1-6]$/.test(name)) return `${"#".repeat(Math.max(2, Number(name[1])))} ${words(node).replace(/\*\*/g, "")}`;
  if (isItem(node)) return wordItem(node);
  if (name === "UL" || name === "OL") return list(node);
  if (name === "TABLE") return table(node);
  if (name === "PRE") return `\`\`\`\n${node.textContent.replace(/\n$/, "")}\n\`\`\``;
  if (name === "HR") return "---";
  if (name === "BLOCKQUOTE") return before(blocks(node), "> ");
  if (name === "P" && !hasBlocks(node)) return words(node);
  return blocks(node);
}

function list(node) {
  let number = Number(node.getAttribute("start")) || 1;
  const items = [...node.children].map((item) => {
    if (item.nodeName !== "LI") return before(block(item), "  ");
    const mark = node.nodeName === "OL" ? `${number++}. ` : "- ";
    return mark + before(blocks(item).replace(/\n\n(?=\s*([-*]|\d+\.) )/g, "\n"), " ".repeat(mark.length)).trimStart();
  });
  return items.join("\n");
}

// Word knows no lists, only paragraphs that look like items; their mark is text that is to be ignored.
function isItem(node) {
  return node.nodeType === 1 && /mso-list:\s*l\d/i.test(node.dataset.style ?? "");
}

function wordItem(node) {
  const level = Number(/level(\d)/i.exec(node.dataset.style)?.[1] ?? 1);
  const copy = node.cloneNode(true);
  const mark = [...copy.querySelectorAll("[data-style]")].find((each) => /mso-list:\s*ignore/i.test(each.dataset.style));
  const [, number] = /^\s*\(?(\w{1,3})[.)]/.exec(mark?.textContent ?? "") ?? []; // after a paragraph it goes on with 2
  mark?.remove();
  return `${"  ".repeat(level - 1)}${number ? `${Number(number) || 1}. ` : "- "}${words(copy)}`;
}

function table(node) {
  const rows = [...node.rows].map((row) => [...row.cells].map((cell) => blocks(cell).replace(/\s+/g, " ")));
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width < 2) return rows.map((row) => row[0] ?? "").join("\n\n");
  return toTable(rows);
}

function words(node) {
  return [...node.childNodes].map(inline).join("").replace(/[ \t]*\n[ \t]*/g, "\n").trim();
}

function inline(node) {
  if (node.nodeType === 3) return escaped(node.data.replace(/[\s\u00a0]+/g, " "));
  if (node.nodeType !== 1 || LEFT_OUT.has(node.nodeName)) return "";
  const name = node.nodeName;
  if (name === "BR") return "\n";
  if (name === "IMG") return escaped(node.alt);
  if (name === "CODE" || name === "KBD" || name === "SAMP") return `\`${node.textContent}\``;
  const inner = [...node.childNodes].map(inline).join("");
  if (name === "A" && /^(https?:|mailto:)/i.test(node.getAttribute("href") ?? "")) return link(inner, node.getAttribute("href"));
  const style = node.dataset.style ?? "";
  const isBold = /^(B|STRONG)$/.test(name) ? !/(?<!-)font-weight:\s*(normal|400)/i.test(style) : /(?<!-)font-weight:\s*(bold|[6-9]00)/i.test(style);
  const isItalic = /^(I|EM)$/.test(name) ? !/(?<!-)font-style:\s*normal/i.test(style) : /(?<!-)font-style:\s*italic/i.test(style);
  return around(around(inner, isItalic && "_"), isBold && "**");
}

const link = (inner, href) => (inner.trim() && inner.trim() !== href ? `[${inner.trim()}](${href.replace(/\s/g, encodeURIComponent).replaceAll("(", "%28").replaceAll(")", "%29")})` : href);
const around = (inner, mark) => (mark && inner.trim() ? inner.replace(/^(\s*)([^]*?)(\s*)$/, `$1${mark}$2${mark}$3`) : inner);
const before = (text, mark) => text.split("\n").map((line) => (mark + line).trimEnd()).join("\n");
const escaped = (text) => text.replace(/[\\`*]|(?<![\w])_|_(?![\w])/g, "\\$&");
const hasBlocks = (node) => node.nodeType === 1 && [...node.children].some((each) => BLOCKS.has(each.nodeName) || hasBlocks(each));
