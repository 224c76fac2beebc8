import { unreachable } from "../kernel/assert.ts";
import { type Amount, amount, subtract } from "../money/amount.ts";
import { type Rounding, roundProduct } from "../money/rounding.ts";

/** How a tie or rest is settled; `up` and `down` are for the customer's favour or the shop's, toward and away from zero. */
export type CashRoundingMethod = "half-up" | "half-down" | "half-even" | "up" | "down";

/** The smallest coin and what happens to what lies between: different for paying and for change in some countries. */
export type CashRoundingRule = {
  /** Minor units of the smallest coin; 1 where none is missing. */
  readonly increment: number;
  /** For what is to be settled in cash, whichever way it goes: a refund mirrors its sale, so that it returns what was paid. */
  readonly method: CashRoundingMethod;
  /** For change that cannot be made from coins, as when more coins than there are were typed in. */
  readonly changeMethod: CashRoundingMethod;
};

export const NO_CASH_ROUNDING: CashRoundingRule = { increment: 1, method: "half-up", changeMethod: "half-up" };

export type RoundedCash = {
  readonly rounded: Amount;
  /** `rounded − due`: what the shop gains (positive) or gives (negative). */
  readonly difference: Amount;
};

export function roundCash(due: Amount, increment: number, method: CashRoundingMethod): RoundedCash {
  const steps = roundProduct(due, { numerator: 1, denominator: increment }, roundingOf(method));
  const rounded = amount(steps * increment);
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
