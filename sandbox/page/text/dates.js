// Times as the acting person reads them: in their zone and their language, measured from the workspace's clock.
import { now } from "../core/now.js";

export class Clock {
  constructor(person) {
    this.zone = zoneOf(person?.tz);
    this.locale = localeOf(person?.locale);
    this.formats = new Map();
    this.days = new Intl.DateTimeFormat("en-CA", { timeZone: this.zone, year: "numeric", month: "2-digit", day: "2-digit" });
    this.relative = new Intl.RelativeTimeFormat(this.locale, { numeric: "auto" });
  }

  format(date, options) {
    const key = JSON.stringify(options);
    if (!this.formats.has(key)) {
      this.formats.set(key, new Intl.DateTimeFormat(this.locale, { timeZone: this.zone, ...options }));
    }
    return this.formats.get(key).format(date);
  }

  time = (date) => this.format(date, { hour: "numeric", minute: "2-digit" });

  full = (date) => this.format(date, { dateStyle: "full", timeStyle: "short" });

  /** The calendar day in this zone as YYYY-MM-DD, for comparing days. */
  day = (date) => this.days.format(date);

  /** Whole days from today, both taken in this zone: -1 is yesterday. */
  daysFromToday(date) {
    return Math.round((Date.parse(this.day(date)) - Date.parse(this.day(now()))) / 86_400_000);
  }

  /** "Today", "yesterday", "tomorrow" in the person's language, or null for other days. */
  nearDay(date) {
    const days = this.daysFromToday(date);
    if (Math.abs(days) > 1) return null;
    return this.relative.format(days, "day");
  }

  dividerOf(date) {
    const near = this.nearDay(date);
    if (near) return near.charAt(0).toLocaleUpperCase(this.locale) + near.slice(1);
    const sameYear = this.day(date).slice(0, 4) === this.day(now()).slice(0, 4);
    return this.format(date, { weekday: "long", month: "long", day: "numeric", ...(sameYear ? {} : { year: "numeric" }) });
  }

  ago(date) {
    const seconds = (date - now()) / 1000;
    const steps = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];
    const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) || steps[3];
    return this.relative.format(Math.round(seconds / size), unit);
  }
}

const DATES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

/** Slack's <!date^seconds^format^link|fallback> for one reader. */
export function slackDate(seconds, format, clock) {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return null;
  return format.replace(/\{(\w+)\}/g, (whole, token, at) => {
    if (token === "ago") return clock.ago(date);
    if (token === "day_divider_pretty") return clock.dividerOf(date);
    const plain = token.replace("_pretty", "");
    if (!DATES[plain]) return whole;
    const near = token.endsWith("_pretty") ? clock.nearDay(date) : null;
    if (near) return at === 0 ? near.charAt(0).toLocaleUpperCase(clock.locale) + near.slice(1) : near;
    if (token === "date_num") return clock.day(date);
    return clock.format(date, DATES[plain]);
  });
}

export const dateOfTs = (ts) => new Date(Number(ts) * 1000);

/** "Berlin" for Europe/Berlin: what people call their zone. */
export const placeOf = (zone) => (zone || "UTC").split("/").pop().replaceAll("_", " ");

function zoneOf(zone) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return "UTC";
  }
}

function localeOf(locale) {
  try {
    return Intl.getCanonicalLocales((locale || "en-US").replace("_", "-"))[0];
  } catch {
    return "en-US";
  }
}
