// Dialogs inside one pane: the focus stays in, Escape leaves, and it returns to where it was.
import { h, uid } from "../core/h.js";

const FOCUSABLE = "a[href],button:not([disabled],[tabindex='-1']),input:not([disabled]),select,textarea:not([disabled]),[contenteditable],[tabindex]:not([tabindex='-1'])";

export const focusableIn = (node) => [...node.querySelectorAll(FOCUSABLE)].filter((one) => one.offsetParent !== null);

export function trapFocus(event, dialog) {
  if (event.key !== "Tab") return;
  const stops = focusableIn(dialog);
  const first = stops[0];
  const last = stops.at(-1);
  if (!first) return event.preventDefault();
  if (event.shiftKey && (document.activeElement === first || !dialog.contains(document.activeElement))) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
  return undefined;
}

/** Asks before an action, as a `confirm` object says; resolves to whether the person agreed. */
export function askFirst(host, { title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const [titleId, textId] = [uid("confirm"), uid("confirm")];
    const answer = (yes) => {
      layer.remove();
      before?.focus?.({ preventScroll: true });
      resolve(yes);
    };
    const button = (label, yes, look) => h("button", { type: "button", class: `btn ${look}`, onclick: () => answer(yes) }, label);
    const no = button(deny, false, "");
    const box = h(
      "div",
      { class: "dialog confirm", role: "alertdialog", "aria-modal": "true", "aria-labelledby": titleId, "aria-describedby": textId },
      h("h2", { id: titleId, class: "confirm-title" }, title),
      h("div", { id: textId, class: "confirm-text" }, text),
      h("div", { class: "dialog-foot" }, no, button(confirm, true, style === "danger" ? "btn-danger" : "btn-primary")),
    );
    const layer = h("div", { class: "layer over" }, box);
    layer.addEventListener("keydown", (event) => {
      trapFocus(event, box);
      if (event.key !== "Escape") return;
      event.stopPropagation();
      answer(false);
    });
    host.append(layer);
    box.querySelector(".dialog-foot button:last-child").focus();
  });
}
