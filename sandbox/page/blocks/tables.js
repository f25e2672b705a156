// The blocks table and data_table: the second can be sorted by column, filtered by words, and is shown page by page.
import { fill, h } from "../core/h.js";
import { icon } from "../core/icons.js";
import { richText } from "./rich_text.js";
import { elementNode } from "./controls.js";

function cellInside(cell, block, surface) {
  if (cell?.type === "rich_text") return richText(cell.elements, surface.reader);
  if (cell?.type === "action_cell") {
    const element = cell.element || cell.button || cell.action;
    return element ? elementNode(element, block, surface, {}) : cell.fallback || "";
  }
  return cell?.text ?? cell?.value ?? "";
}

const alignOf = (cell, column) => column?.align || (cell?.type === "raw_number" ? "right" : "left");

function cellNode(cell, { tag = "td", column, scope, block, surface }) {
  const align = alignOf(cell, column);
  const wrapped = column?.is_wrapped ? " wrapped" : "";
  return h(tag, { scope, dir: "auto", class: `cell-${align}${wrapped}` }, cellInside(cell, block, surface));
}

export function table(block, surface) {
  const [first, ...rest] = block.rows || [];
  const columns = block.column_settings || [];
  const row = (cells, tag) =>
    h("tr", null, cells.map((cell, index) => cellNode(cell, { tag, column: columns[index], scope: tag === "th" ? "col" : null, block, surface })));
  return h(
    "div",
    { class: "table-wrap", tabindex: "0", role: "region", "aria-label": "Table" },
    h("table", { class: "table" }, h("thead", null, first && row(first, "th")), h("tbody", null, rest.map((cells) => row(cells, "td")))),
  );
}

const sortValue = (cell) => (cell?.type === "raw_number" ? Number(cell.value) : String(cellText(cell)).toLowerCase());

function cellText(cell) {
  if (cell?.type !== "rich_text") return cell?.text ?? cell?.value ?? cell?.fallback ?? "";
  return (cell.elements || []).flatMap((part) => part.elements || []).map((one) => one.text || one.name || "").join("");
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

export function dataTable(block, surface) {
  const [head, ...rows] = block.rows || [];
  const view = { page: 0, column: null, down: false, size: block.page_size || 5, words: "" };
  const shown = h("div", null);
  const draw = () => fill(shown, dataTableBody({ block, surface, head, rows: rows.filter((cells) => holds(cells, view.words)), view, draw }));
  const search = (event) => {
    Object.assign(view, { words: event.currentTarget.value.trim().toLowerCase(), page: 0 });
    draw();
  };
  draw();
  const filter = rows.length > view.size && h("input", { type: "search", class: "table-filter", dir: "auto", placeholder: "Filter", "aria-label": `Filter: ${block.caption}`, oninput: search });
  return h("div", { class: "data-table" }, filter, shown);
}

const holds = (cells, words) => !words || cells.some((cell) => String(cellText(cell)).toLowerCase().includes(words));

function dataTableBody({ block, surface, head, rows, view, draw }) {
  const ordered = [...rows];
  if (view.column !== null) {
    ordered.sort((a, b) => compare(sortValue(a[view.column]), sortValue(b[view.column])) * (view.down ? -1 : 1));
  }
  const shown = ordered.slice(view.page * view.size, (view.page + 1) * view.size);
  const headerColumn = block.row_header_column_index ?? -1;
  const numeric = (head || []).map((_, index) => rows[0]?.[index]?.type === "raw_number");
  const titles = (head || []).map((cell, index) => sortable({ cell, index, numeric: numeric[index], view, draw, block, surface }));
  const body = shown.map((cells) =>
    h("tr", null, cells.map((cell, index) => cellNode(cell, { tag: index === headerColumn ? "th" : "td", scope: index === headerColumn ? "row" : null, block, surface }))),
  );
  return [
    h("div", { class: "table-wrap", tabindex: "0", role: "region", "aria-label": block.caption },
      h("table", { class: "table" }, h("caption", null, block.caption), h("thead", null, h("tr", null, titles)), h("tbody", null, body))),
    rows.length > view.size && pager(rows.length, view, draw),
  ];
}

function sortable({ cell, index, numeric, view, draw, block, surface }) {
  const sorted = view.column === index;
  const sort = () => {
    view.down = sorted ? !view.down : numeric;
    view.column = index;
    view.page = 0;
    draw();
  };
  return h(
    "th",
    { scope: "col", class: numeric ? "cell-right" : "cell-left", "aria-sort": sorted ? (view.down ? "descending" : "ascending") : null },
    h("button", { type: "button", class: "sort", onclick: sort }, cellInside(cell, block, surface), sorted && h("span", { "aria-hidden": "true" }, view.down ? " ↓" : " ↑")),
  );
}

function pager(total, view, draw) {
  const last = Math.ceil(total / view.size) - 1;
  const go = (label, name, to) =>
    h("button", { type: "button", class: "icon-btn", "aria-label": label, disabled: to < 0 || to > last, onclick: () => { view.page = to; draw(); } }, icon(name));
  const from = view.page * view.size;
  return h(
    "div",
    { class: "pager" },
    h("span", null, `${from + 1}–${Math.min(from + view.size, total)} of ${total}`),
    go("Previous page", "left", view.page - 1),
    go("Next page", "right", view.page + 1),
  );
}
