// What helps while a text is written: tools and their keys, tables, mentions, and what is pasted or dropped.
import { marks } from "./marks.js";
import { People } from "./people.js";
import { paste } from "./paste.js";
import { moveInTable } from "./table.js";

const KEYS = { b: "bold", i: "italic", k: "link" };

export class Writing {
  constructor(box) {
    this.box = box;
    this.field = box.querySelector("textarea");
    this.said = box.querySelector(".composer-said");
    this.heard = new AbortController();
    const on = (target, name, deed) => target.addEventListener(name, deed, { signal: this.heard.signal });
    this.people = new People(this.field, box.dataset.people, on);
    this.people.typed(); // the letters that came before
    on(this.field, "keydown", (event) => this.key(event));
    on(this.field, "paste", (event) => paste(this, event));
    on(box, "dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
    on(box, "drop", (event) => this.drop(event));
    on(box, "change", (event) => event.target.name === "files" && this.upload([...event.target.files], event.target));
    const chosen = box.querySelector("[name=files]"); // before this was loaded
    if (chosen?.files.length) this.upload([...chosen.files], chosen);
    this.toolbar = box.querySelector("[role=toolbar]");
    on(this.toolbar, "keydown", (event) => this.walk(event));
  }

  end() {
    this.heard.abort();
    this.people.close();
  }

  say(...words) {
    this.said.replaceChildren(...words);
  }

  do(button) {
    const { do: name } = button.dataset;
    if (name === "attach") this.box.querySelector("[name=files]").click();
    else if (name === "mention") this.people.begin();
    else if (name === "take-out") button.closest("li").remove();
    else if (marks[name]) marks[name](this.field);
    if (this.toolbar.contains(button)) this.rove(button);
  }

  key(event) {
    this.isPlain = event.key.toLowerCase() === "v" && event.shiftKey && (event.ctrlKey || event.metaKey);
    if (this.people.key(event) || moveInTable(this.field, event)) return;
    const name = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && KEYS[event.key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    event.stopPropagation();
    marks[name](this.field);
  }

  // One stop for Tab; arrows walk along the tools.
  walk(event) {
    const tools = [...this.toolbar.querySelectorAll("button")];
    const here = tools.indexOf(event.target);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tools.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tools[(to + tools.length) % tools.length];
    this.rove(next);
    next.focus();
  }

  rove(next) {
    for (const tool of this.toolbar.querySelectorAll("button")) tool.tabIndex = tool === next ? 0 : -1;
  }

  drop(event) {
    const files = [...event.dataTransfer.files];
    if (!files.length) return;
    event.preventDefault();
    this.upload(files);
  }

  async upload(files, input = null) {
    if (!this.box.querySelector(".waiting-list")) return;
    this.uploads ??= import("./uploads.js").then(({ Uploads }) => new Uploads(this.box, (...words) => this.say(...words)));
    (await this.uploads).add(files);
    if (input) input.value = "";
  }
}
