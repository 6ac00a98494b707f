// How many discussions of each group have something new, and how much was said in its rooms, wherever that is shown. Fetched once the page is quiet; then
// the rows that arrive in the groups' streams are counted here, without asking the server again. Only what the member
// read on another tab (and what only the server can tell) is asked for, once for whatever came within QUIET.
import { follow } from "./live.js";
import { parse } from "./live/place.js";
import { Rooms } from "./live/rooms.js";
import { showCounts, showNewer } from "./live/show-counts.js";

const QUIET = 1500; // ms
const MOST = 12; // groups followed from one tab; the others are counted when a page opens

class Counts {
  groups = {};
  followed = new Set();

  constructor(address, rooms) {
    this.address = address;
    this.rooms = new Rooms(rooms);
    this.ask();
    document.addEventListener("visibilitychange", () => document.hidden || !this.stale || this.soon());
    addEventListener("pageshow", (event) => event.persisted && this.soon(true));
  }

  async ask() {
    this.stale = false;
    const answer = await fetch(this.address, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const told = await answer.json();
    Object.assign(this, { groups: told.groups, at: new Date(told.at), hasMuted: told.muted, last: {} });
    this.rooms.ask();
    this.follow(told.reading, (frame) => this.rooms.hear(frame) || this.soon(true));
    for (const group of Object.values(told.groups).slice(0, MOST)) this.follow(group, (frame) => this.hear(frame));
    showCounts(this.groups);
  }

  follow({ stream, since }, hear) {
    if (this.followed.has(stream)) return;
    this.followed.add(stream);
    follow(stream, since, hear, () => this.lost(stream));
  }

  // One is in that group no more.
  lost(stream) {
    this.followed.delete(stream);
    this.soon(true);
  }

  // Show what was heard; ask first, where only the server knows. A page that nobody sees waits until it is seen.
  soon(ask = false) {
    this.stale ||= ask;
    clearTimeout(this.later);
    this.later = setTimeout(() => {
      if (!this.stale) showCounts(this.groups);
      else if (!document.hidden) this.ask();
    }, QUIET);
  }

  hear(frame) {
    if (this.rooms.hear(frame)) return;
    if (frame.verb === "replace" && frame.id?.startsWith("thread-")) this.row(parse(frame.html));
    else if (frame.verb === "remove") this.forget(frame.id || frame.target);
  }

  // A row as it is now: one post more than before, or hidden, or something about it that is no news.
  row(row) {
    const { group, last, at } = row.dataset;
    const pk = row.id.slice(7);
    const news = this.groups[group]?.news;
    if (!news) return;
    if (!row.querySelector(".title")) return this.forget(row.id);
    const moment = new Date(at.length > 10 ? at : `${at}T23:59:59`); // of what names nobody only the day is told
    const before = this.last[pk] ?? (moment > this.at ? last - 1 : last);
    this.last[pk] = Number(last);
    if (last <= before) return;
    news[pk] = (news[pk] ?? 0) + (last - before);
    showNewer(row.id);
    this.soon(this.hasMuted);
  }

  forget(id) {
    for (const { news } of Object.values(this.groups)) delete news[id.slice(7)];
    this.soon();
  }
}

const nav = document.querySelector("[data-counts]");
if (nav) new Counts(nav.dataset.counts, nav.dataset.rooms);
