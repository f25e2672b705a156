// A menu of commands beside a button, with arrow keys and, when it is long, a search field.
import { fill, h } from "../core/h.js";
import { float } from "./float.js";

let current = null;

/** items: [{label, description?, icon?, danger?, checked?, onpick}] or {heading} */
export function openMenu(anchor, items, { label, align = "start", search = false, above = false } = {}) {
  current?.close();
  const list = h("div", { class: "menu-items" });
  const field = search && h("input", { class: "menu-search", type: "search", placeholder: "Search", "aria-label": `Search: ${label}` });
  const panel = h("div", { class: "menu", role: "menu", "aria-label": label }, field, list);
  const draw = () => {
    const typed = field ? field.value.trim().toLowerCase() : "";
    const shown = items.filter((item) => !typed || `${item.label} ${item.description || ""}`.toLowerCase().includes(typed));
    fill(list, shown.length ? shown.map((item) => row(item, pick)) : h("p", { class: "menu-none" }, "Nothing found"));
  };
  const floating = float(anchor, panel, {
    align,
    above,
    onclose() {
      anchor.setAttribute("aria-expanded", "false");
      panel.remove();
      current = null;
    },
  });
  current = floating;
  function pick(item) {
    floating.close();
    anchor.focus({ preventScroll: true });
    item.onpick();
  }
  field && field.addEventListener("input", draw);
  panel.addEventListener("keydown", (event) => keys(event, panel, field, floating, anchor));
  anchor.setAttribute("aria-expanded", "true");
  draw();
  floating.again();
  (field || panel.querySelector("[role^=menuitem]"))?.focus({ preventScroll: true });
}

function row(item, pick) {
  if (item.heading) return h("p", { class: "menu-heading" }, item.heading);
  const checkable = item.checked !== undefined;
  return h(
    "button",
    {
      type: "button",
      role: checkable ? "menuitemradio" : "menuitem",
      "aria-checked": checkable ? String(item.checked) : null,
      class: `menu-item${item.danger ? " danger" : ""}`,
      tabindex: "-1",
      onclick: () => pick(item),
    },
    item.icon,
    h("span", { class: "menu-text", dir: "auto" }, h("span", { class: "menu-label" }, item.label), item.description && h("span", { class: "menu-description" }, item.description)),
    item.aside && h("span", { class: "menu-aside" }, item.aside),
  );
}

function keys(event, panel, field, floating, anchor) {
  const rows = [...panel.querySelectorAll("[role^=menuitem]")];
  const at = rows.indexOf(document.activeElement);
  const go = { ArrowDown: at + 1, ArrowUp: at < 0 ? rows.length - 1 : at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    floating.close();
    anchor.focus();
  } else if (event.key === "Enter" && document.activeElement === field) {
    event.preventDefault();
    rows[0]?.click();
  } else if (go !== undefined && !(field === document.activeElement && ["Home", "End"].includes(event.key))) {
    event.preventDefault();
    rows[(go + rows.length) % rows.length]?.focus();
  }
}
