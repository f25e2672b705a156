// The page's few line icons, drawn here so that nothing is loaded from elsewhere.
import { h } from "./h.js";

const PATHS = {
  hash: "M8.5 3.5 6.5 16.5M13.5 3.5l-2 13M3.5 7.5h13M3 12.5h13",
  lock: "M5.5 9h9v7h-9zM7.5 9V6.5a2.5 2.5 0 0 1 5 0V9",
  home: "M3.5 9.5 10 4l6.5 5.5M5.5 8v8h9V8",
  plus: "M10 4.5v11M4.5 10h11",
  close: "M5 5l10 10M15 5 5 15",
  send: "M4 4.5 16.5 10 4 15.5l1.8-5.5zM5.8 10h5",
  bolt: "M11 3 5 11.2h4.2L8.6 17l6.4-8.6h-4.4z",
  smile: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7.2 11.4c1.3 2.1 4.3 2.1 5.6 0M7.6 8v.4M12.4 8v.4",
  reply: "M4 5h12v8.5H9.5L6 16.5v-3H4z",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  down: "M5.5 8 10 12.5 14.5 8",
  back: "M11.5 5 6.5 10l5 5M7 10h8.5",
  search: "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l3.5 3.5",
  clip: "M14.5 9.2 9.6 14a2.9 2.9 0 0 1-4.1-4.1l5.4-5.3a2 2 0 0 1 2.8 2.8L8.5 12.6a.9.9 0 0 1-1.3-1.3l4.4-4.3",
  download: "M10 3.5V12M6.5 9 10 12.5 13.5 9M4 16.5h12",
  warning: "M10 3.8 17 16H3zM10 8.5v3.4M10 14v.2",
  columns: "M3.5 4.5h13v11h-13zM10 4.5v11",
  check: "M4.5 10.5 8.3 14 15.5 6.5",
  info: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.2v4M10 6.7v.2",
  eye: "M2.8 10S5.5 5.3 10 5.3 17.2 10 17.2 10 14.5 14.7 10 14.7 2.8 10 2.8 10zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  at: "M13 10a3 3 0 1 1-3-3 3 3 0 0 1 3 3zm0 0v1.2a1.8 1.8 0 0 0 3.6 0V10a6.6 6.6 0 1 0-2.7 5.3",
  menu: "M4 6h12M4 10h12M4 14h12",
  left: "M12 5.5 7.5 10l4.5 4.5",
  right: "M8 5.5l4.5 4.5L8 14.5",
  file: "M6 3.5h5.5L15 7v9.5H6zM11.5 3.5V7H15",
  calendar: "M4 5.5h12v10.5H4zM4 8.8h12M7.3 3.8v3M12.7 3.8v3",
  bold: "M6 4h5.2a3 3 0 0 1 0 6H6zM6 10h6a3 3 0 0 1 0 6H6z",
  italic: "M8.5 4H14M6 16h5.5M11.5 4 8.5 16",
  strike: "M4 10h12M13.5 6.2C13 4.8 11.7 4 10 4 8 4 6.6 5 6.6 6.8c0 .9.4 1.6 1.2 2M6.5 13.4c.4 1.6 1.8 2.6 3.6 2.6 2 0 3.4-1 3.4-2.8 0-.5-.1-1-.4-1.4",
  code: "M7 6 3 10l4 4M13 6l4 4-4 4",
  bullets: "M8 5.5h8.5M8 10h8.5M8 14.5h8.5M4 5.5h.01M4 10h.01M4 14.5h.01",
  numbers: "M8.5 5.5h8M8.5 10h8M8.5 14.5h8M3.6 4.2l1-.7v4M3.4 12.6c.3-.8 2-.8 2 .4 0 .9-2 1.6-2 2.6h2.1",
  pulse: "M3 10.5h3l2-5.5 3.5 10 2.3-6.5.9 2H17",
  bell: "M5.5 13.5V9a4.5 4.5 0 0 1 9 0v4.5L16 15H4zM8.5 17.2h3M10 4.5V3",
  pause: "M7 5v10M13 5v10",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6.2V10l2.6 1.8",
  forward: "M4 5.5 9.5 10 4 14.5zM10.5 5.5 16 10l-5.5 4.5z",
  stop: "M5.5 5.5h9v9h-9z",
  trash: "M4.5 6h11M8 6V4.2h4V6M6 6l.7 10h6.6L14 6M8.7 8.8v4.6M11.3 8.8v4.6",
  play: "M7 4.8 15 10l-8 5.2z",
  thread: "M4 4.5h9.5v6.5H8L5.5 13v-2H4zM9 13.5h4.5l2 1.8v-1.8h1V8",
};

export function icon(name, className = "") {
  return h(
    "svg",
    { class: `icon ${className}`.trim(), viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" },
    h("path", { d: PATHS[name] || PATHS.info }),
  );
}

export const spinner = () => h("span", { class: "spinner", "aria-hidden": "true" });
