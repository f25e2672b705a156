// The strip over everything: the workspace, its time, what is made to fail, and the way to the inspector.
import { fill, h } from "./core/h.js";
import { icon } from "./core/icons.js";
import { ClockButton } from "./travel.js";

export class Strip {
  /** clock(): the reader whose zone and language the workspace's time is told in. */
  constructor(control, inspector, clock) {
    this.control = control;
    this.inspector = inspector;
    this.name = h("span", { class: "strip-name" }, "Local workspace");
    this.chip = h("span", { class: "strip-faults", role: "status" });
    this.clock = new ClockButton(control, clock);
    this.node = h("header", { class: "strip", "aria-label": "Workspace" }, this.name, this.clock.node, h("span", { class: "bar-space" }), this.chip, inspector.button());
    control.on("faults", () => this.draw());
  }

  called(name) {
    this.name.textContent = name;
  }

  draw() {
    const { active } = this.control;
    const words = active.length === 1 ? `${active[0].title}${active[0].target ? `: ${active[0].target}` : ""}` : `${active.length} faults are on`;
    fill(this.chip, active.length > 0 && h("button", { type: "button", class: "fault-chip", title: active.map((one) => `${one.title} ${one.target || ""}`).join("\n"), onclick: () => this.inspector.open("faults") }, icon("warning"), h("span", null, words)));
  }
}
