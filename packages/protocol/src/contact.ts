import { isInstant } from "@holdfast/domain/kernel/instant";

/** A terminal's own clock in milliseconds since 1970, sent with each request so that its skew is known. */
export const CLOCK_HEADER = "Holdfast-Clock";
/** What a terminal still has to send, sent with each request: `37 2026-11-23T06:10:01.120+02:00`, or `0`. */
export const UNSENT_HEADER = "Holdfast-Unsent";

/** Whether the browser promised to keep what the terminal stores, sent with each request. */
export const STORAGE_HEADER = "Holdfast-Storage";

export function storageToText(isKept: boolean): string {
  return isKept ? "kept" : "not-kept";
}

/** Null for what no terminal says: an older build is silent about it. */
export function parseStorage(text: string): boolean | null {
  if (text === "kept") return true;
  return text === "not-kept" ? false : null;
}

/** On an answer: somebody asked that this terminal bring what it holds and then destroy its copies. */
export const WIPE_HEADER = "Holdfast-Wipe";

export type Unsent = {
  readonly count: number;
  /** When the oldest of them was made, by the terminal's clock, where it is known. */
  readonly oldestAt: string | null;
};

export function unsentToText({ count, oldestAt }: Unsent): string {
  return oldestAt === null ? String(count) : `${count} ${oldestAt}`;
}

/** Null for what no terminal says: an older build is silent about it. */
export function parseUnsent(text: string): Unsent | null {
  const match = /^(\d{1,9})(?: (\S{1,40}))?$/.exec(text);
  if (match === null) return null;
  const oldestAt = match[2] !== undefined && isInstant(match[2]) ? match[2] : null;
  return { count: Number(match[1]), oldestAt };
}
