import { accept, type Result, refuse } from "../kernel/result.ts";
import { type Amount, amount } from "../money/amount.ts";

/** So many coins or notes of one face value in minor units. */
export type Counted = { readonly value: number; readonly pieces: number };

export type CashCountRefusal =
  | { readonly kind: "value-invalid"; readonly value: number }
  | { readonly kind: "pieces-invalid"; readonly value: number }
  | { readonly kind: "counted-twice"; readonly value: number };

/** Pieces of one kind in one drawer; a barcode scanned into the field is more. */
export const piecesMax = 100_000;

/** What was found, by denomination, added up. */
export function countCash(counted: readonly Counted[]): Result<Amount, CashCountRefusal> {
  const seen = new Set<number>();
  let sum = 0;
  for (const { value, pieces } of counted) {
    if (!Number.isSafeInteger(value) || value <= 0) return refuse({ kind: "value-invalid", value });
    const isCount = Number.isSafeInteger(pieces) && pieces >= 0 && pieces <= piecesMax;
    if (!isCount) return refuse({ kind: "pieces-invalid", value });
    if (seen.has(value)) return refuse({ kind: "counted-twice", value });
    seen.add(value);
    sum += value * pieces;
  }
  return Number.isSafeInteger(sum) ? accept(amount(sum)) : refuse({ kind: "value-invalid", value: Math.max(...seen) });
}
