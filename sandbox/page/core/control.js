// The workspace itself, not one person in it: its log, its faults and its clock, asked for and heard live.
import { ask } from "./api.js";
import { Live } from "./live.js";
import { setNow } from "./now.js";

const MOST = 5000;
const AT_ONCE = 1000;

const post = (path, body) =>
  ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

export class Control extends EventTarget {
  constructor() {
    super();
    this.entries = []; // in order of n, the newest last
    this.active = [];
    this.clock = null;
    this.live = new Live("/sandbox/inspect", {
      onopen: () => this.filled && this.mend(),
      onframe: (frame) => this.hear(frame),
      ondown: () => {},
    });
  }

  on(type, listener) {
    this.addEventListener(type, (event) => listener(event.detail));
  }

  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  hear(frame) {
    if (frame.type === "log") this.hearEntry(frame.entry);
    else if (frame.type === "faults") this.setActive(frame.active);
    else if (frame.type === "clock") this.setClock(frame.clock);
  }

  /** When very much happens the line leaves some out; what is missing is asked for. */
  hearEntry(entry) {
    const newest = this.entries.at(-1)?.n ?? entry.n - 1;
    if (this.filled && entry.n > newest + 1) this.mend();
    this.take([entry]);
  }

  setActive(active) {
    this.active = active;
    this.emit("faults");
  }

  setClock(clock) {
    this.clock = clock;
    setNow(clock.now, clock.rate);
    this.emit("clock");
  }

  /** New entries, older ones, or known ones told again. */
  take(entries) {
    const newest = this.entries.at(-1)?.n ?? 0;
    if (entries.every((entry) => entry.n > newest)) this.entries.push(...entries);
    else this.entries = [...new Map([...this.entries, ...entries].map((entry) => [entry.n, entry])).values()].sort((a, b) => a.n - b.n);
    if (this.entries.length > MOST) this.entries.splice(0, this.entries.length - MOST);
    this.emit("log");
  }

  /** What was logged before one looked: the newest first page by page, so that what matters is there at once. */
  async fillLog() {
    if (this.filled) return;
    this.filled = true;
    const { last } = await ask("/sandbox/log?after=0&limit=1");
    const oldest = Math.max(0, last - MOST);
    for (let after = last - AT_ONCE; after > oldest - AT_ONCE; after -= AT_ONCE) {
      const { entries } = await ask(`/sandbox/log?after=${Math.max(after, oldest)}&limit=${AT_ONCE}`);
      this.take(entries);
    }
  }

  mend() {
    this.catchUp().catch(() => {
      // The line broke again; it is mended when it is back.
    });
  }

  /** After a broken line: what was missed meanwhile, or all anew when it is another workspace. */
  async catchUp() {
    const newest = this.entries.at(-1)?.n ?? 0;
    const { last } = await ask("/sandbox/log?after=0&limit=1");
    if (last < newest) this.entries = [];
    for (let after = last < newest ? 0 : newest; after < last; after += AT_ONCE) {
      this.take((await ask(`/sandbox/log?after=${after}&limit=${AT_ONCE}`)).entries);
    }
  }

  whole = (n) => ask(`/sandbox/log/${n}`);
  faults = () => ask("/sandbox/faults");
  switchOn = (fault) => post("/sandbox/faults", fault);
  switchOff = (id) => ask(`/sandbox/faults/${encodeURIComponent(id)}`, { method: "DELETE" });
  allOff = () => ask("/sandbox/faults", { method: "DELETE" });

  /** The answer may be older than the frames that overtook it, so only they are believed. */
  move = (how) => post("/sandbox/clock", how);
}
