// Texts that change as time goes by - "today", "5 minutes ago": written anew in their place when the clock goes on.
import { now, onTime } from "./now.js";

const STEP = 10_000; // milliseconds of the workspace's time between two looks
const writers = new WeakMap();
let looked = now();

/** Keeps the text of `node` what `write` returns. */
export function living(node, write) {
  const put = () => {
    const text = write();
    if (node.textContent !== text) node.textContent = text;
  };
  writers.set(node, put);
  node.setAttribute("data-living", "");
  put();
  return node;
}

onTime(() => {
  if (Math.abs(now() - looked) < STEP) return;
  looked = now();
  for (const node of document.querySelectorAll("[data-living]")) writers.get(node)?.();
});
