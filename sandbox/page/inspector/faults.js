// The faults: what is made to fail now and how often it struck, and each kind with its fields and a sentence.
import { fill, h, uid } from "../core/h.js";
import { icon } from "../core/icons.js";

export class FaultPanel {
  constructor(control) {
    this.control = control;
    this.active = h("div", { class: "faults-active", role: "status" });
    this.kinds = h("div", { class: "faults-kinds" });
    this.note = h("p", { class: "log-note", role: "alert" });
    this.node = h("div", { class: "faults" }, this.active, this.note, this.kinds);
    control.on("faults", () => this.node.isConnected && this.drawActive());
  }

  async show() {
    this.drawActive();
    if (this.known) return;
    try {
      this.known = await this.control.faults();
      this.control.setActive(this.known.active);
      fill(this.kinds, h("h3", null, "Make something fail"), this.known.kinds.map((kind) => this.kind(kind)));
      this.say("");
    } catch (error) {
      this.say(error.message);
    }
  }

  say(text) {
    fill(this.note, text);
  }

  async trying(call) {
    try {
      await call();
      this.say("");
    } catch (error) {
      this.say(error.message);
    }
  }

  drawActive() {
    const { active } = this.control;
    if (!active.length) return fill(this.active, h("p", { class: "log-note" }, "Nothing is made to fail: the workspace answers as Slack does on a good day."));
    const off = h("button", { type: "button", class: "btn btn-small btn-danger", onclick: () => this.trying(() => this.control.allOff()) }, "All off");
    return fill(this.active, h("div", { class: "faults-head" }, h("h3", null, "Failing on purpose"), off), h("ul", null, active.map((fault) => this.fault(fault))));
  }

  fault(fault) {
    const struck = `struck ${fault.struck} ${fault.struck === 1 ? "time" : "times"}`;
    const left = fault.times ? ` of ${fault.times}` : ", until switched off";
    const off = h("button", { type: "button", class: "btn btn-small", "aria-label": `Switch off: ${fault.title}`, onclick: () => this.trying(() => this.control.switchOff(fault.id)) }, "Off");
    return h("li", { class: "fault-on" }, icon("warning"), h("span", null, h("strong", null, fault.title), fault.target && h("code", { class: "code" }, fault.target), h("small", null, `${struck}${left}`)), off);
  }

  kind(kind) {
    const fields = [this.target(kind), kind.strikes === "socket" || this.times(), ...(kind.fields || []).map((field) => this.field(field))].filter((one) => one?.node);
    const form = h(
      "form",
      { class: "fault-form" },
      h("p", null, kind.explains),
      fields.length > 0 && h("div", { class: "fault-fields" }, fields.map((field) => field.node)),
      h("button", { type: "submit", class: "btn btn-small btn-primary" }, kind.strikes === "socket" ? "Do it now" : "Switch on"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const asked = Object.fromEntries(fields.map((field) => [field.name, field.value()]).filter(([, value]) => value !== ""));
      this.trying(() => this.control.switchOn({ kind: kind.kind, target: "", ...asked }));
    });
    return h("details", { class: "fault-kind", name: "fault-kind" }, h("summary", null, icon("right"), h("strong", null, kind.title)), form);
  }

  /** What it strikes: one method or kind of delivery. */
  target(kind) {
    const { api, delivery } = this.known.targets;
    const groups = { api: [["Web API", api]], delivery: [["Deliveries", delivery]], both: [["Web API", api], ["Deliveries", delivery]] }[kind.strikes];
    if (!groups) return null;
    const options = (names) => names.map((name) => h("option", { value: name }, name));
    const select = h("select", { class: "text-field", id: uid("fault") }, groups.map(([label, names]) => h("optgroup", { label }, options(names))));
    if (kind.strikes !== "delivery" && api.includes("chat.postMessage")) select.value = "chat.postMessage";
    return labelled("target", "What it strikes", select, () => select.value);
  }

  times() {
    const input = h("input", { type: "number", min: "1", step: "1", class: "text-field", id: uid("fault"), placeholder: "until switched off" });
    return labelled("times", "How often", input, () => (input.value ? Number(input.value) : ""));
  }

  field({ name, label, type, default: usual, options }) {
    const id = uid("fault");
    if (type === "select") {
      const select = h("select", { class: "text-field", id }, options.map((one) => h("option", { value: one.value ?? one }, one.label ?? one)));
      if (usual !== undefined && usual !== null) select.value = usual;
      return labelled(name, label, select, () => select.value);
    }
    const input = h("input", { type, class: "text-field", id, step: "any", value: usual ?? "" });
    return labelled(name, label, input, () => (type === "number" && input.value !== "" ? Number(input.value) : input.value));
  }
}

const labelled = (name, label, field, value) => ({ name, value, node: h("div", { class: "fault-field" }, h("label", { for: field.id }, label), field) });
