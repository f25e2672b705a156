// The bar of a pane: who acts here, what time it is for them, and who else to put beside.
import { fill, h } from "./core/h.js";
import { icon } from "./core/icons.js";
import { now, onTime } from "./core/now.js";
import { avatar, colourOf, presence } from "./parts/avatar.js";
import { openMenu } from "./parts/menu.js";
import { Clock, placeOf } from "./text/dates.js";

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
  }

  draw() {
    const { pane } = this;
    const { me } = pane.state;
    if (!me) return;
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
    const close = pane.host.count() > 1 && h("button", { type: "button", class: "bar-btn", "aria-label": `Close ${me.real_name}`, onclick: () => pane.host.remove(pane.id) }, icon("close"));
    fill(this.node, drawer, who, this.clock, h("span", { class: "bar-space" }), beside, close);
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

  beside(button) {
    const { host } = this.pane;
    const items = this.people((to) => host.add(to), (other) => host.isOpen(other));
    openMenu(button, [{ heading: "Put beside" }, ...items], { label: "People", align: "end" });
  }
}
