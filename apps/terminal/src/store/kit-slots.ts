/** When a copy was written, and of what. */
export type SavedCopy = { readonly savedAtMs: number; readonly mark: string };

export const SLOTS = ["a", "b"] as const;

export type Slot = (typeof SLOTS)[number];

/** By then the system has brought to the disk what a program wrote and did not flush. */
export const SETTLED_MS = 60_000;

/**
 * Of two copies one is always old enough to be on the disk: the newer is written over the older, and only once the other has
 * settled. A browser's Cache Storage cannot be flushed, and a power cut may leave anything of what it wrote last.
 * @param mark of what is to be saved
 * @returns the slot to write, `"saved"` where it lies there already, `"wait"` while the other copy has not settled
 */
export function slotToWrite(
  held: Readonly<Record<Slot, SavedCopy | null>>,
  mark: string,
  nowMs: number,
): Slot | "saved" | "wait" {
  const newer = newest(held);
  if (newer === null) return "a";
  const { slot, copy } = newer;
  if (copy.mark === mark) return "saved";
  // A clock that was set back says nothing about how long ago it was.
  return Math.abs(nowMs - copy.savedAtMs) < SETTLED_MS ? "wait" : other(slot);
}

/** Both slots, the one to be believed first in front. */
export function inOrderOfTrust(held: Readonly<Record<Slot, SavedCopy | null>>): readonly Slot[] {
  const newer = newest(held);
  return newer === null ? [] : [newer.slot, other(newer.slot)];
}

function newest(held: Readonly<Record<Slot, SavedCopy | null>>): { slot: Slot; copy: SavedCopy } | null {
  const copies = SLOTS.flatMap((slot) => {
    const copy = held[slot];
    return copy === null ? [] : [{ slot, copy }];
  });
  copies.sort((one, two) => two.copy.savedAtMs - one.copy.savedAtMs);
  return copies[0] ?? null;
}

function other(slot: Slot): Slot {
  return slot === "a" ? "b" : "a";
}
