// The bar of a pane: who acts here, what time it is for them, and who else to put beside.
import { fill, h } from "./core/h.js";
import { icon } from "./core/icons.js";
import { now, onTime } from "./core/now.js";
import { avatar, colourOf, isQuiet, presence } from "./parts/avatar.js";
import { openMenu } from "./parts/menu.js";
import { Clock, placeOf } from "./text/dates.js";
import { dayAfter, momentOf } from "./text/zones.js";

const PAUSES = [["30 minutes", 30], ["1 hour", 60], ["2 hours", 120]];
const MORNING = "09:00";

export class Bar {
  constructor(pane) {
    this.pane = pane;
    this.node = h("header", { class: "bar" });
    this.clock = h("span", { class: "bar-time" });
    this.end = onTime(() => this.tick());
  }

  tick() {
    const { me } = this.pane.state;
    if (!me) return;
    const text = `${this.pane.reader.clock.time(now())} ${placeOf(me.tz)}`;
    if (this.clock.textContent !== text) this.clock.textContent = text;
    this.clock.title = me.tz;
    if (this.quiet !== isQuiet(me)) this.draw();
  }

  draw() {
    const { pane } = this;
    const { me } = pane.state;
    if (!me) return;
    this.quiet = isQuiet(me);
    this.node.style.setProperty("--person", colourOf(me));
    const drawer = h("button", { type: "button", class: "bar-btn drawer-btn", "aria-label": "Show conversations", onclick: () => pane.node.classList.toggle("with-sidebar") }, icon("menu"));
    const who = h(
      "button",
      { type: "button", class: "bar-who", "aria-haspopup": "menu", "aria-label": `You are ${me.real_name}. Be somebody else`, onclick: (event) => this.choose(event.currentTarget) },
      h("span", { class: "with-presence" }, avatar(me), presence(me)),
      h("span", { class: "bar-names" }, h("strong", null, me.real_name), h("span", null, me.title || "Member")),
      icon("down", "bar-arrow"),
    );
    const beside = pane.host.canAdd() && h("button", { type: "button", class: "bar-btn", "aria-haspopup": "menu", title: "Open another person beside", onclick: (event) => this.beside(event.currentTarget) }, icon("columns"), h("span", { class: "bar-label" }, "Side by side"));
    const paused = this.quiet ? `Notifications paused until ${pane.reader.clock.time(new Date(me.quiet_until * 1000))}` : "Pause notifications";
    const pause = h("button", { type: "button", class: "bar-btn", "aria-haspopup": "menu", title: paused, "aria-label": paused, onclick: (event) => this.pause(event.currentTarget) }, icon(this.quiet ? "pause" : "bell"));
    const close = pane.host.count() > 1 && h("button", { type: "button", class: "bar-btn", "aria-label": `Close ${me.real_name}`, onclick: () => pane.host.remove(pane.id) }, icon("close"));
    fill(this.node, drawer, who, this.clock, h("span", { class: "bar-space" }), pause, beside, close);
    this.tick();
  }

  people(pick, skip) {
    return [...this.pane.state.people.values()]
      .filter((person) => !person.is_bot && !skip(person.id))
      .map((person) => ({
        label: person.real_name || person.name,
        description: person.title,
        icon: avatar(person),
        aside: `${new Clock(person).time(now())} ${placeOf(person.tz)}`,
        checked: person.id === this.pane.id ? true : undefined,
        onpick: () => pick(person.id),
      }));
  }

  choose(button) {
    const { host, id } = this.pane;
    const items = this.people((to) => to !== id && host.become(id, to), (other) => other !== id && host.isOpen(other));
    openMenu(button, [{ heading: "Be somebody else" }, ...items], { label: "People" });
  }

  pause(button) {
    const { api, me } = this.pane.state;
    const seconds = Math.floor(now() / 1000);
    const tomorrow = momentOf(`${dayAfter(now().getTime(), me.tz, 1)}T${MORNING}`, me.tz);
    const until = (label, at) => ({ label, icon: icon("pause"), onpick: () => api.pause(at).catch((error) => this.pane.toast(error.message)) });
    const items = [
      { heading: "Do not disturb me" },
      ...PAUSES.map(([label, minutes]) => until(`For ${label}`, seconds + 60 * minutes)),
      until(`Until ${MORNING} tomorrow`, tomorrow),
      ...(this.quiet ? [{ ...until("Notify me again", 0), icon: icon("bell") }] : []),
    ];
    openMenu(button, items, { label: "Pause notifications", align: "end" });
  }

  beside(button) {
    const { host } = this.pane;
    const items = this.people((to) => host.add(to), (other) => host.isOpen(other));
    openMenu(button, [{ heading: "Put beside" }, ...items], { label: "People", align: "end" });
  }
}
