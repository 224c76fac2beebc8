import type { Uuid } from "../kernel/id.ts";

/** Where a movement or a count stands among everything that happened to the stock of one variant at one branch. */
export type StockMark = {
  readonly stream: Uuid;
  readonly seq: number;
  /** Revision under which the authority published it; null where it has none yet. */
  readonly rev: number | null;
  /** Revision that its terminal had seen of the branch when it happened; 0 where that is not known. */
  readonly seen: number;
  /** Milliseconds since 1970, corrected for what is known of the terminal's clock. */
  readonly atMs: number;
};

export type SideOfCount = {
  readonly side: "before" | "after";
  /** Told by clocks that are too close to each other to be believed. */
  readonly isDoubtful: boolean;
};

/** Clocks of terminals are believed to agree within this. */
export const CLOCK_ERROR_MS = 120_000;

/**
 * Whether a movement had happened when the goods were counted. Causes come first: the order of one stream, then what each
 * terminal had seen of the other; only where neither knew of the other do clocks decide.
 */
export function sideOfCount(movement: StockMark, count: StockMark): SideOfCount {
  if (movement.stream === count.stream) return sure(movement.seq < count.seq);
  if (movement.rev !== null && movement.rev <= count.seen) return sure(true);
  if (count.rev !== null && count.rev <= movement.seen) return sure(false);
  const apartMs = movement.atMs - count.atMs;
  return { side: apartMs < 0 ? "before" : "after", isDoubtful: Math.abs(apartMs) < CLOCK_ERROR_MS };
}

function sure(isBefore: boolean): SideOfCount {
  return { side: isBefore ? "before" : "after", isDoubtful: false };
}
