import type { Cart } from "@holdfast/domain/cart/cart";
import type { Decimal } from "@holdfast/domain/money/decimal";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { CodeHit } from "../catalog/catalogue.ts";
import type { GoodsDetails } from "../catalog/find-scanned.ts";
import type { LoadedCard } from "./ring-up.ts";

/** What became of a sale's paper. The sale itself is on the disk by then, whatever the printer does. */
export type PaperState =
  | { readonly kind: "printing" }
  | { readonly kind: "printed" }
  | { readonly kind: "failed"; readonly reason: string };

export type DeskState =
  /** Null before the first line; `selected` is the line that the keypad is about. */
  | { readonly kind: "selling"; readonly cart: Cart | null; readonly selected: number | null }
  | { readonly kind: "paying"; readonly cart: Cart; readonly selected: number | null; readonly sinceMs: number }
  /** On its way to the disk. Nothing can be done to it any more. */
  | { readonly kind: "completing"; readonly cart: Cart }
  | { readonly kind: "paid"; readonly sale: Sale; readonly paper: PaperState; readonly sinceMs: number };

/** What is known of goods beyond which they are, as they are rung up. */
export type AddOptions = {
  readonly count?: Decimal | null;
  readonly code?: string;
  readonly details?: GoodsDetails;
  readonly card?: LoadedCard;
};

/** What the till has to know before it can go on. Scans wait behind it. */
export type Question =
  | { readonly kind: "which"; readonly code: string; readonly hits: readonly CodeHit[] }
  | {
      /** How much of it; which gift card and what for; which piece or batch it is. */
      readonly kind: "how-much" | "gift-card" | "serial" | "lot";
      readonly hit: CodeHit;
      /** What was known before the question. */
      readonly known: AddOptions;
    };

export function cartOf(state: DeskState): Cart | null {
  return state.kind === "paid" ? null : state.cart;
}

/** A screen that has just changed under a finger takes nothing for so long: a double click is one click. */
export const GUARD_MS = 400;
