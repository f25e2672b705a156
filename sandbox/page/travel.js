// The workspace's time: shown in the strip, moved from its menu, and told in a banner while it travels.
import { fill, h, uid } from "./core/h.js";
import { icon } from "./core/icons.js";
import { now, onTime } from "./core/now.js";
import { float } from "./parts/float.js";
import { openMenu } from "./parts/menu.js";
import { dayAfter, momentOf, wallClock } from "./text/zones.js";

const STEPS = [["+1 minute", 60], ["+15 minutes", 900], ["+1 hour", 3600]];
const MORNING = "08:55";
const PLAYED_IN = 60; // seconds for a whole day
const LATEST = 3; // sentences in the banner

const iso = (seconds) => new Date(seconds * 1000).toISOString();

export class ClockButton {
  constructor(control, clock) {
    Object.assign(this, { control, clock });
    this.text = h("span", null);
    this.node = h("span", { class: "strip-clock" });
    control.on("clock", () => this.draw());
    onTime(() => this.tick());
    this.draw();
  }

  tick() {
    const fast = this.control.clock?.travelling;
    const shape = { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", ...(fast && { second: "2-digit" }) };
    const text = this.clock().format(now(), shape);
    if (this.text.textContent !== text) this.text.textContent = text;
  }

  draw() {
    const movable = Boolean(this.control.clock?.movable);
    if (this.movable !== movable) {
      this.movable = movable;
      const words = "The workspace's time";
      fill(this.node, movable
        ? h("button", { type: "button", class: "strip-btn", "aria-haspopup": "menu", title: `${words}. Move it`, onclick: (event) => this.menu(event.currentTarget) }, icon("clock"), this.text, icon("down", "bar-arrow"))
        : h("span", { class: "strip-time", title: words }, icon("clock"), this.text));
    }
    this.tick();
  }

  menu(anchor) {
    const { clock } = this.control;
    const { zone } = this.clock();
    const at = now();
    const goes = (label, how, aside, name = "clock") => ({ label, aside, icon: icon(name), onpick: () => this.go(how) });
    const tomorrow = momentOf(`${dayAfter(at.getTime(), zone, 1)}T${MORNING}`, zone);
    const midnight = momentOf(`${dayAfter(at.getTime(), zone, 1)}T00:00`, zone);
    const items = [
      { heading: "Move the clock" },
      ...STEPS.map(([label, forward]) => goes(label, { forward }, this.short(new Date(at.getTime() + forward * 1000)))),
      ...(clock.stops.some((stop) => Date.parse(stop.at) === tomorrow * 1000) ? [] : [goes(`To ${MORNING} tomorrow`, { to: iso(tomorrow) }, this.short(new Date(tomorrow * 1000)))]),
      ...(clock.next_due ? [goes("To what is due next", { to: clock.next_due }, this.short(new Date(clock.next_due)))] : []),
      ...clock.stops.map((stop) => goes(`To ${stop.title}`, { to: stop.at }, this.short(new Date(stop.at)))),
      { label: "To another time…", icon: icon("calendar"), onpick: () => this.choose(anchor) },
      goes(`Play this day in ${PLAYED_IN} s`, { play: { until: iso(midnight), seconds: PLAYED_IN } }, "", "play"),
      ...(clock.travelling ? [goes("Stop", { stop: true }, "", "stop")] : []),
    ];
    openMenu(anchor, items, { label: "The workspace's time" });
  }

  short(date) {
    const clock = this.clock();
    return clock.daysFromToday(date) === 0 ? clock.time(date) : clock.format(date, { weekday: "short", hour: "numeric", minute: "2-digit" });
  }

  /** A moment of one's own choice; the past is refused by the workspace. */
  choose(anchor) {
    const { zone } = this.clock();
    const field = h("input", { type: "datetime-local", class: "text-field", id: uid("moment"), value: wallClock(now().getTime(), zone) });
    const form = h("form", { class: "menu moment", "aria-label": "To another time" }, h("label", { for: field.id }, `Time in ${zone}`), field, h("button", { type: "submit", class: "btn btn-small btn-primary" }, "Go there"));
    const floating = float(anchor, form, { onclose: () => form.remove() });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      floating.close();
      anchor.focus();
      if (field.value) this.go({ to: iso(momentOf(field.value, zone)) });
    });
    form.addEventListener("keydown", (event) => event.key === "Escape" && (floating.close(), anchor.focus()));
    field.focus();
  }

  async go(how) {
    try {
      await this.control.move(how);
    } catch (error) {
      this.control.emit("refused", error.message);
    }
  }
}

/** While the clock travels: where it is, where it goes, and what was said on the way; after it until it is put away. */
export class TravelBanner {
  constructor(control, clock) {
    Object.assign(this, { control, clock, seen: null });
    this.time = h("b", { class: "travel-time" });
    this.said = h("ol", { class: "travel-said", role: "log", "aria-label": "What happened on the way" });
    this.line = h("div", { class: "travel-line" });
    this.node = h("section", { class: "travel", "aria-label": "Time travel", hidden: true }, this.line, this.said);
    control.on("clock", () => this.draw());
    control.on("refused", (text) => this.refuse(text));
    onTime(() => this.tick());
  }

  tick() {
    if (this.node.hidden) return;
    const text = this.when(now());
    if (this.time.textContent !== text) this.time.textContent = text;
  }

  /** Another person acts, so the times are told in another zone. */
  again() {
    if (this.node.hidden) return;
    this.drawn = this.told = null;
    this.draw();
  }

  when = (date) => this.clock().format(date, { weekday: "long", hour: "numeric", minute: "2-digit" });

  draw() {
    const { travelling, until, said } = this.control.clock;
    const newest = said.at(-1);
    const mark = newest ? `${newest.at} ${newest.text}` : "";
    // What was said before this page was opened is no news.
    if (this.seen === null && !travelling) this.seen = mark;
    if (!travelling && mark === this.seen) return this.hide();
    const stop = h("button", { type: "button", class: "btn btn-small", onclick: () => this.control.move({ stop: true }).catch((error) => this.refuse(error.message)) }, "Stop");
    const away = h("button", { type: "button", class: "icon-btn", "aria-label": "Put away", onclick: () => ((this.seen = mark), this.hide()) }, icon("close"));
    this.node.hidden = false;
    if (this.drawn !== `${travelling}${until}`) fill(this.line, icon("forward"), this.time, travelling ? [until && h("span", null, `on the way to ${this.when(new Date(until))}`), stop] : [h("span", null, "is where the clock stands."), away]);
    this.drawn = `${travelling}${until}`;
    this.tell(said);
    return this.tick();
  }

  tell(said) {
    const lines = said.slice(-LATEST);
    const text = JSON.stringify(lines);
    if (text === this.told) return;
    this.told = text;
    fill(this.said, lines.map((one) => h("li", { title: one.text }, h("time", { datetime: one.at }, this.clock().time(new Date(one.at))), h("span", { dir: "auto" }, one.text))));
  }

  refuse(text) {
    this.node.hidden = false;
    this.drawn = null;
    const away = h("button", { type: "button", class: "icon-btn", "aria-label": "Put away", onclick: () => this.hide() }, icon("close"));
    fill(this.line, icon("warning"), h("span", { role: "alert" }, text), away);
    fill(this.said);
    this.told = null;
  }

  hide() {
    this.node.hidden = true;
    this.drawn = null;
  }
}
