// One entry of the log in full: what was sent and what came back, as trees that can be folded and copied.
import { h } from "../core/h.js";
import { icon } from "../core/icons.js";
import { tree } from "./tree.js";
import { milliseconds, paceOf, rowOf } from "./row.js";

const WORDS = {
  api: ["Sent by the app", "Slack's answer"],
  delivery: ["Sent to the app", "The app's ack"],
  response_url: ["Sent by the app", "Slack's answer"],
  socket: ["What happened", "Answer"],
};

export function whole(entry, names, close) {
  const { person, channel } = rowOf(entry, names);
  const [sent, answer] = WORDS[entry.kind] || WORDS.socket;
  const facts = [names.time(entry.at), person, channel, entry.retry && `retry ${entry.retry}`, entry.fault && `fault: ${entry.fault}`].filter(Boolean);
  return [
    h(
      "header",
      { class: "whole-head" },
      h("h3", null, entry.name),
      h("span", { class: `log-took ${paceOf(entry)}` }, milliseconds(entry.took_ms)),
      h("span", { class: entry.ok ? "whole-ok" : "whole-bad" }, entry.ok ? "ok" : entry.error || "failed"),
      h("button", { type: "button", class: "icon-btn", "aria-label": "Close the entry", onclick: close }, icon("close")),
    ),
    h("p", { class: "whole-facts" }, facts.join(" · ")),
    part(sent, entry.sent),
    part(answer, entry.answer),
  ];
}

function part(title, value) {
  const copy = h("button", { type: "button", class: "text-btn", "aria-label": `Copy: ${title}`, onclick: () => put(copy, value) }, "Copy");
  return h("section", { class: "whole-part" }, h("div", { class: "whole-title" }, h("h4", null, title), copy), tree(value));
}

async function put(button, value) {
  try {
    await navigator.clipboard.writeText(JSON.stringify(value, null, 2));
    button.textContent = "Copied";
  } catch {
    button.textContent = "The browser does not let the page copy";
  }
  setTimeout(() => (button.textContent = "Copy"), 2000);
}
