import type { Dice } from "./ports.ts";

const FIRST_MS = 1_000;
const CAP_MS = 60_000;
/** A broken proxy may ask for a day; nobody waits longer than this because of a header. */
const RETRY_AFTER_CAP_MS = 300_000;

/**
 * Full jitter, drawn below the cap: after an outage no two terminals come at the same moment, not even those that have
 * waited longest.
 * @param failures how many in a row, at least 1
 */
export function backoffMs(failures: number, dice: Dice, retryAfterMs: number | null): number {
  const ceiling = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16));
  const jittered = Math.round(dice() * ceiling);
  if (retryAfterMs === null) return jittered;
  return Math.min(Math.max(retryAfterMs, 0), RETRY_AFTER_CAP_MS) + jittered;
}
