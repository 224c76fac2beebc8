import type { StaffId } from "@holdfast/domain/staff/staff";

/** Wrong PINs in a row, by person, and when the last one was tried by this device's clock. */
export type PinAttempts = Readonly<Record<StaffId, { readonly wrong: number; readonly atMs: number }>>;

/** Two slips cost nothing. From the tenth on, four digits take a month of days and nights at the till. */
const DELAYS_MS = [0, 0, 0, 5_000, 15_000, 30_000, 60_000, 60_000, 120_000, 120_000, 300_000];

/** How long to wait after so many wrong PINs in a row. */
export function delayAfter(wrong: number): number {
  return DELAYS_MS[Math.min(wrong, DELAYS_MS.length - 1)] ?? 0;
}

/** How long this person still has to wait. A clock that was put back makes nobody wait longer than the whole delay. */
export function waitMs(attempts: PinAttempts, staff: StaffId, nowMs: number): number {
  const held = attempts[staff];
  if (held === undefined) return 0;
  const delay = delayAfter(held.wrong);
  const passed = nowMs - held.atMs;
  return passed < 0 ? delay : Math.max(0, delay - passed);
}

export function afterWrong(attempts: PinAttempts, staff: StaffId, nowMs: number): PinAttempts {
  return { ...attempts, [staff]: { wrong: (attempts[staff]?.wrong ?? 0) + 1, atMs: nowMs } };
}

export function afterRight(attempts: PinAttempts, staff: StaffId): PinAttempts {
  const { [staff]: _forgotten, ...others } = attempts;
  return others;
}
