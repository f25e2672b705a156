// The block data_visualization: pie, bar, line and area charts as plain SVG, with the same numbers as a table for screen readers.
import { h } from "../core/h.js";
import { unknown } from "./unknown.js";

const WIDTH = 520;
const HEIGHT = 220;
const LEFT = 46;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 30;

const colour = (index) => `var(--chart-${(index % 12) + 1})`;
const short = (value) => new Intl.NumberFormat("en", { notation: Math.abs(value) >= 10_000 ? "compact" : "standard", maximumFractionDigits: 2 }).format(value);

export function dataVisualization(block) {
  const chart = block.chart || {};
  const draw = { pie, bar: axes, line: axes, area: axes }[chart.type];
  if (!draw) return unknown(`a ${chart.type} chart`);
  return h(
    "figure",
    { class: `chart chart-${chart.type}` },
    block.title && h("figcaption", { class: "chart-title" }, block.title.text ?? block.title),
    draw(chart),
    legend(chart),
    numbers(chart, block.title?.text ?? block.title),
  );
}

function legend(chart) {
  const names = chart.type === "pie" ? chart.segments.map((segment) => segment.label) : chart.series.map((series) => series.name);
  if (chart.type !== "pie" && names.length < 2) return null;
  const total = chart.type === "pie" && chart.segments.reduce((sum, segment) => sum + segment.value, 0);
  const share = (index) => (total ? h("b", null, ` ${short(chart.segments[index].value)} (${Math.round((chart.segments[index].value / total) * 100)} %)`) : null);
  const entry = (name, index) => h("span", { class: "legend-entry" }, h("i", { style: { background: colour(index) } }), name, share(index));
  return h("div", { class: "legend", "aria-hidden": "true" }, names.map(entry));
}

function numbers(chart, title) {
  const rows =
    chart.type === "pie"
      ? chart.segments.map((segment) => [segment.label, segment.value])
      : chart.series.flatMap((series) => series.data.map((point) => [`${series.name}, ${point.label}`, point.value]));
  return h("table", { class: "sr-only" }, h("caption", null, title), h("tbody", null, rows.map(([name, value]) => h("tr", null, h("th", { scope: "row" }, name), h("td", null, value)))));
}

function pie({ segments }) {
  const total = segments.reduce((sum, segment) => sum + segment.value, 0) || 1;
  const size = 168;
  const [middle, outer, inner] = [size / 2, size / 2 - 4, size / 2 - 34];
  let from = -Math.PI / 2;
  const slices = segments.map((segment, index) => {
    const to = from + Math.min((segment.value / total) * Math.PI * 2, Math.PI * 2 - 0.0001);
    const at = (angle, radius) => `${middle + Math.cos(angle) * radius},${middle + Math.sin(angle) * radius}`;
    const big = to - from > Math.PI ? 1 : 0;
    const d = `M${at(from, outer)}A${outer},${outer} 0 ${big} 1 ${at(to, outer)}L${at(to, inner)}A${inner},${inner} 0 ${big} 0 ${at(from, inner)}Z`;
    from = to;
    return h("path", { d, style: { fill: colour(index) }, class: "slice" }, tip(`${segment.label}: ${short(segment.value)}`));
  });
  return h("svg", { viewBox: `0 0 ${size} ${size}`, class: "pie", "aria-hidden": "true" }, slices);
}

function tip(text) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", "title");
  node.append(text);
  return node;
}

/** Round steps of 1, 2, 5 × 10ⁿ that cover what is shown and always include zero for bars and areas. */
function scaleOf(values, fromZero) {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  if (fromZero || low / (high || 1) < 0.6) [low, high] = [Math.min(0, low), Math.max(0, high)];
  if (low === high) high = low + 1;
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const bottom = Math.floor(low / step) * step;
  const count = Math.max(1, Math.ceil((high - bottom) / step - 1e-9));
  const top = bottom + count * step;
  const ticks = Array.from({ length: count + 1 }, (_, index) => bottom + index * step);
  const y = (value) => TOP + ((top - value) / (top - bottom)) * (HEIGHT - TOP - BOTTOM);
  return { ticks, y, zero: y(Math.min(Math.max(0, bottom), top)) };
}

function axes(chart) {
  const series = chart.series || [];
  const categories = chart.axis_config?.categories || series[0]?.data.map((point) => point.label) || [];
  const values = series.flatMap((one) => one.data.map((point) => point.value));
  const scale = scaleOf(values.length ? values : [0], chart.type !== "line");
  const slot = (WIDTH - LEFT - RIGHT) / Math.max(categories.length, 1);
  const grid = scale.ticks.map((tick) => [
    h("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: scale.y(tick), y2: scale.y(tick), class: tick === 0 ? "axis" : "grid" }),
    h("text", { x: LEFT - 8, y: scale.y(tick) + 4, "text-anchor": "end" }, short(tick)),
  ]);
  const every = Math.ceil(Math.max(...categories.map((name) => String(name).length), 1) * 6.6 / slot) || 1;
  const labels = categories.map((name, index) =>
    index % every ? null : h("text", { x: LEFT + slot * (index + 0.5), y: HEIGHT - 10, "text-anchor": "middle" }, name),
  );
  const valueAt = (one, name, index) => (one.data.find((point) => point.label === name) || one.data[index])?.value ?? 0;
  const marks = chart.type === "bar" ? bars(series, categories, { slot, scale, valueAt }) : curves(chart.type, series, categories, { slot, scale, valueAt });
  return h("div", { class: "chart-plot" },
    chart.axis_config?.y_label && h("div", { class: "axis-label" }, chart.axis_config.y_label),
    h("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" }, grid, marks, labels),
    chart.axis_config?.x_label && h("div", { class: "axis-label below" }, chart.axis_config.x_label));
}

function bars(series, categories, { slot, scale, valueAt }) {
  const room = Math.min(slot * 0.72, 44 * series.length);
  const width = room / series.length;
  return categories.flatMap((name, at) =>
    series.map((one, index) => {
      const value = valueAt(one, name, at);
      const y = scale.y(value);
      const x = LEFT + slot * (at + 0.5) - room / 2 + index * width;
      const height = Math.max(Math.abs(scale.zero - y), 1);
      return h("rect", { x: x + 1, y: Math.min(y, scale.zero), width: Math.max(width - 2, 1), height, rx: Math.min(3, width / 4), style: { fill: colour(index) } }, tip(`${one.name}, ${name}: ${short(value)}`));
    }),
  );
}

function curves(type, series, categories, { slot, scale, valueAt }) {
  return series.map((one, index) => {
    const points = categories.map((name, at) => [LEFT + slot * (at + 0.5), scale.y(valueAt(one, name, at)), name, valueAt(one, name, at)]);
    const path = points.map(([x, y], at) => `${at ? "L" : "M"}${x},${y}`).join("");
    const base = scale.zero;
    const under = type === "area" && points.length && h("path", { d: `${path}L${points.at(-1)[0]},${base}L${points[0][0]},${base}Z`, class: "area", style: { fill: colour(index) } });
    const dots = points.map(([x, y, name, value]) => h("circle", { cx: x, cy: y, r: 3.5, style: { fill: colour(index) } }, tip(`${one.name}, ${name}: ${short(value)}`)));
    return h("g", null, under, h("path", { d: path, class: "curve", style: { stroke: colour(index) } }), dots);
  });
}
