// What time it is in the workspace, whose clock may be moved: every time that the page shows is measured from here.

const EVERY = 1000;

let known = { at: Date.now(), heard: performance.now(), rate: 1 };
const listeners = new Set();

export const now = () => new Date(known.at + (performance.now() - known.heard) * known.rate);

/** The workspace told its time; `rate` is how many of its seconds pass in one of ours. */
export function setNow(iso, rate) {
  known = { at: Date.parse(iso), heard: performance.now(), rate };
  tell();
}

/** Calls back each second, and at once when the clock was moved; returns what ends that. */
export function onTime(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell() {
  for (const listener of listeners) listener();
}

setInterval(tell, EVERY);
