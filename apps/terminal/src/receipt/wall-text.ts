import type { Instant } from "@holdfast/domain/kernel/instant";

/** The wall clock with its offset, as the law of several countries wants it: the same in every language. */
export function wallText(at: Instant): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)} ${at.slice(-6)}`;
}
