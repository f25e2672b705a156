// Wall clocks of time zones: what they show at a moment, and at which moment they show something.

/** "2026-11-22T14:05" as a wall clock in the zone shows the moment (milliseconds). */
export function wallClock(millis, zone) {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return format.format(new Date(millis)).replace(" ", "T");
}

/** Seconds of the moment when the zone's wall clock shows `text`; asked twice, since the offset may change between. */
export function momentOf(text, zone) {
  const wanted = Date.parse(`${text}Z`);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) guess += wanted - Date.parse(`${wallClock(guess, zone)}Z`);
  return Math.round(guess / 1000);
}

/** "2026-11-23": so many days after the day that the zone's calendar shows at the moment. */
export function dayAfter(millis, zone, days) {
  const day = wallClock(millis, zone).slice(0, 10);
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
