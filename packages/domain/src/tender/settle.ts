import { accept, type Result, refuse } from "../kernel/result.ts";
import { type Amount, amount, subtract, ZERO } from "../money/amount.ts";
import { type CashRoundingRule, roundCash } from "./cash-rounding.ts";
import type { Tender } from "./tender.ts";

/** `Σ tenders − change = total + cashRounding`, always. */
export type Settlement = { readonly change: Amount; readonly cashRounding: Amount };

export type SettleRefusal =
  | { readonly kind: "not-covered"; readonly missing: Amount }
  /** More was taken by a tender that gives no change. */
  | { readonly kind: "over-tendered"; readonly excess: Amount }
  | { readonly kind: "wrong-direction"; readonly tender: number };

/** What remains to be paid, and what that is in cash once coins are missing. Negative: to be given back. */
export type Remainder = { readonly due: Amount; readonly cashDue: Amount };

export function remainderOf(total: Amount, tenders: readonly Tender[], rule: CashRoundingRule): Remainder {
  const { cash, other } = sumsOf(tenders);
  const rest = subtract(total, other);
  const cashDue = subtract(roundCash(rest, rule.increment, rule.method).rounded, cash);
  return { due: subtract(rest, cash), cashDue };
}

/**
 * Checks that the tenders settle the total. Only the cash remainder is rounded, once per sale, after all other tenders;
 * change is given for cash alone. A remainder that rounds to nothing is settled by a cash tender of 0.
 */
export function settle(
  total: Amount,
  tenders: readonly Tender[],
  rule: CashRoundingRule,
): Result<Settlement, SettleRefusal> {
  const wrong = tenders.findIndex((tender) => (total < 0 ? tender.amount > 0 : tender.amount < 0));
  if (wrong >= 0) return refuse({ kind: "wrong-direction", tender: wrong });
  const { cash, other } = sumsOf(tenders);
  const rest = subtract(total, other);
  if (rest !== 0 && Math.sign(rest) !== Math.sign(total)) return overTendered(rest);
  if (!tenders.some((tender) => tender.kind === "cash")) {
    return rest === 0 ? accept({ change: ZERO, cashRounding: ZERO }) : notCovered(rest);
  }
  const { rounded } = roundCash(rest, rule.increment, rule.method);
  const over = subtract(cash, rounded);
  if (total < 0) return settleRefund(over, subtract(rounded, rest));
  if (over < 0) return notCovered(over);
  const change = roundCash(over, rule.increment, rule.changeMethod).rounded;
  // Rounding the change up must not give more back than was handed over.
  const given = amount(Math.min(change, cash));
  return accept({ change: given, cashRounding: amount(cash - given - rest) });
}

/** Cash that goes out is counted to the coin: neither too much nor too little. */
function settleRefund(over: Amount, cashRounding: Amount): Result<Settlement, SettleRefusal> {
  if (over > 0) return notCovered(over);
  return over < 0 ? overTendered(over) : accept({ change: ZERO, cashRounding });
}

function notCovered(missing: number): Result<Settlement, SettleRefusal> {
  return refuse({ kind: "not-covered", missing: amount(Math.abs(missing)) });
}

function overTendered(excess: number): Result<Settlement, SettleRefusal> {
  return refuse({ kind: "over-tendered", excess: amount(Math.abs(excess)) });
}

function sumsOf(tenders: readonly Tender[]): { readonly cash: Amount; readonly other: Amount } {
  let cash = 0;
  let other = 0;
  for (const tender of tenders) {
    if (tender.kind === "cash") cash += tender.amount;
    else other += tender.amount;
  }
  return { cash: amount(cash), other: amount(other) };
}

/** Cash that stays in the drawer: tendered less change. */
export function cashKept(tenders: readonly Tender[], change: Amount): Amount {
  return subtract(sumsOf(tenders).cash, change);
}
