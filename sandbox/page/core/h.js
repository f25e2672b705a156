// Builds DOM nodes; text always becomes a text node, so nothing that a person typed can become markup.

const SVG = "http://www.w3.org/2000/svg";
const SVG_TAGS = new Set(["svg", "path", "circle", "rect", "line", "g", "text", "polyline", "polygon", "title"]);
const PROPERTIES = new Set(["value", "checked", "disabled", "inert", "hidden", "selected", "open", "multiple", "indeterminate"]);

/** h("button", {class: "x", onclick: f, "aria-label": "Send"}, "text", node, [more]) */
export function h(tag, props, ...children) {
  const node = SVG_TAGS.has(tag) && tag !== "title" ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) set(node, name, value);
  add(node, children);
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (PROPERTIES.has(name)) node[name] = value;
  else if (name === "style") for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
  else if ((name === "href" || name === "src") && !isSafe(value)) return;
  else if (value === true) node.setAttribute(name, "");
  else if (value !== false) node.setAttribute(name, String(value));
}

/** `javascript:` and `data:text/html` never reach a link: apps choose the addresses that people click. */
export function isSafe(url) {
  try {
    return ["http:", "https:", "mailto:", "tel:", "slack:", "blob:"].includes(new URL(url, location.href).protocol);
  } catch {
    return false;
  }
}

export function add(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === true) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

export function fill(node, ...children) {
  node.replaceChildren();
  return add(node, children);
}

let counter = 0;
export const uid = (prefix = "n") => `${prefix}-${++counter}`;

export const hidden = (text) => h("span", { class: "sr-only" }, text);
