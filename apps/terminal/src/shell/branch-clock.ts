import { type Instant, instant } from "@holdfast/domain/kernel/instant";
import type { Clock } from "@holdfast/sync/ports";

/** The device's clock, read in the branch's zone: the browser's own zone is nobody's business. */
export function branchClock(timeZone: () => string): Clock {
  return {
    now: () => Date.now(),
    instant: (): Instant => {
      const now = Date.now();
      return instant(now, offsetMinutes(timeZone(), now));
    },
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes that the zone's wall clock is ahead of UTC at a moment. */
function offsetMinutes(timeZone: string, atMs: number): number {
  const minute = Math.floor(atMs / 60_000) * 60_000;
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(minute)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const wall = Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day ?? 1, parts.hour ?? 0, parts.minute ?? 0);
  return Math.round((wall - minute) / 60_000);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  formats.set(timeZone, format);
  return format;
}
