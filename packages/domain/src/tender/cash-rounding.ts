import { unreachable } from "../kernel/assert.ts";
import { type Amount, amount, amountFromBigInt, subtract } from "../money/amount.ts";
import { type Rounding, roundRatio } from "../money/rounding.ts";

/** How a tie or rest is settled; `up` and `down` are for the customer's favour or the shop's, toward and away from zero. */
export type CashRoundingMethod = "half-up" | "half-down" | "half-even" | "up" | "down";

/** The smallest coin and what happens to what lies between: different for paying and for change in some countries. */
export type CashRoundingRule = {
  /** Minor units of the smallest coin; 1 where none is missing. */
  readonly increment: number;
  readonly method: CashRoundingMethod;
  readonly changeMethod: CashRoundingMethod;
};

export const NO_CASH_ROUNDING: CashRoundingRule = { increment: 1, method: "half-up", changeMethod: "half-up" };

export type RoundedCash = {
  readonly rounded: Amount;
  /** `rounded − due`: what the shop gains (positive) or gives (negative). */
  readonly difference: Amount;
};

export function roundCash(due: Amount, increment: number, method: CashRoundingMethod): RoundedCash {
  const steps = roundRatio(BigInt(due), BigInt(increment), roundingOf(method));
  const rounded = amountFromBigInt(steps * BigInt(increment));
  return { rounded, difference: subtract(rounded, due) };
}

function roundingOf(method: CashRoundingMethod): Rounding {
  switch (method) {
    case "half-up":
      return "half-away";
    case "half-down":
      return "half-toward-zero";
    case "half-even":
      return "half-even";
    case "up":
      return "up";
    case "down":
      return "down";
    default:
      return unreachable(method);
  }
}

/**
 * The notes a customer most likely hands over for an amount: exact, then the next multiples of the currency's notes.
 * @param notes face values in minor units, ascending
 */
export function fastCash(due: Amount, notes: readonly number[]): Amount[] {
  const offers = new Set<number>([due]);
  for (const note of notes) {
    const next = Math.ceil(due / note) * note;
    if (next > due) offers.add(next);
  }
  return [...offers]
    .sort((a, b) => a - b)
    .slice(0, FAST_CASH_KEYS)
    .map(amount);
}

const FAST_CASH_KEYS = 5;
