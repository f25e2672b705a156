// What cannot be shown says so, and never vanishes.
import { h } from "../core/h.js";

export const unknown = (what) => h("div", { class: "unknown", role: "note" }, `cannot show ${what || "this"}`);
