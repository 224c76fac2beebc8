import { assert } from "./assert.ts";
import type { Brand } from "./brand.ts";

/** A moment as a wall clock with its offset shows it: `2026-11-23T06:10:01.120+02:00`. */
export type Instant = Brand<string, "Instant">;

/** A calendar day: `2026-11-23`. */
export type Day = Brand<string, "Day">;

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})([+-])(\d\d):(\d\d)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

export function isInstant(text: string): text is Instant {
  return INSTANT.test(text);
}

export function isDay(text: string): text is Day {
  return DAY.test(text);
}

export function day(text: string): Day {
  assert(isDay(text), `not a day: ${text}`);
  return text;
}

/**
 * @param epochMs milliseconds since 1970
 * @param offsetMinutes minutes the local clock is ahead of UTC
 */
export function instant(epochMs: number, offsetMinutes: number): Instant {
  const local = epochMs + offsetMinutes * 60_000;
  const days = Math.floor(local / DAY_MS);
  const ms = local - days * DAY_MS;
  const [year, month, date] = civilFromDays(days);
  const sign = offsetMinutes < 0 ? "-" : "+";
  const offset = Math.abs(offsetMinutes);
  const time = `${pad(Math.floor(ms / 3_600_000))}:${pad(Math.floor(ms / 60_000) % 60)}:${pad(Math.floor(ms / 1000) % 60)}`;
  return `${pad(year, 4)}-${pad(month)}-${pad(date)}T${time}.${pad(Math.floor(ms) % 1000, 3)}${sign}${pad(Math.floor(offset / 60))}:${pad(offset % 60)}` as Instant;
}

/** Milliseconds since 1970 of a wall clock's moment. */
export function epochMs(at: Instant): number {
  const parts = INSTANT.exec(at);
  assert(parts !== null, `not an instant: ${at}`);
  const [year, month, date, hour, minute, second, ms] = parts.slice(1, 8).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return (
    daysFromCivil(year, month, date) * DAY_MS +
    ((hour * 60 + minute) * 60 + second) * 1000 +
    ms -
    offsetMinutes(at) * 60_000
  );
}

export function offsetMinutes(at: Instant): number {
  const minutes = Number(at.slice(-5, -3)) * 60 + Number(at.slice(-2));
  return at.at(-6) === "-" ? -minutes : minutes;
}

/**
 * The business day a moment belongs to, by its own wall clock: sales after midnight count to the evening before.
 * @param changeHour local hour at which the business day changes, 0 to 23
 */
export function businessDay(at: Instant, changeHour: number): Day {
  return instant(epochMs(at) - changeHour * 3_600_000, offsetMinutes(at)).slice(0, 10) as Day;
}

export function addDays(from: Day, days: number): Day {
  const [year, month, date] = from.split("-").map(Number) as [number, number, number];
  return instant((daysFromCivil(year, month, date) + days) * DAY_MS, 0).slice(0, 10) as Day;
}

/** The day that a moment's own wall clock shows. */
export function localDay(at: Instant): Day {
  return at.slice(0, 10) as Day;
}

/**
 * Whether a moment lies in `[from, to)`. A day means its first instant by the moment's own wall clock, so that a price from
 * Monday on begins at midnight wherever the branch is.
 */
export function isWithin(at: Instant, from: Instant | Day | null, to: Instant | Day | null): boolean {
  return (from === null || !isBefore(at, from)) && (to === null || isBefore(at, to));
}

function isBefore(at: Instant, edge: Instant | Day): boolean {
  return isDay(edge) ? localDay(at) < edge : epochMs(at) < epochMs(edge as Instant);
}

/** 0 is Sunday, 6 Saturday. */
export function weekday(of: Day): number {
  const [year, month, date] = of.split("-").map(Number) as [number, number, number];
  return (((daysFromCivil(year, month, date) + 4) % 7) + 7) % 7;
}

const DAY_MS = 86_400_000;

/** Howard Hinnant's calendar algorithms: exact for every day of the Gregorian calendar, without a clock or a locale. */
function civilFromDays(days: number): [number, number, number] {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1];
}

function daysFromCivil(year: number, month: number, date: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}
