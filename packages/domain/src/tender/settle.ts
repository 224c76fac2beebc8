import { accept, type Result, refuse } from "../kernel/result.ts";
import { type Amount, add, amount, subtract, sumBy, ZERO } from "../money/amount.ts";
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
  const due = subtract(
    total,
    sumBy(tenders, (tender) => tender.amount),
  );
  return { due, cashDue: roundCash(due, rule.increment, due < 0 ? rule.changeMethod : rule.method).rounded };
}

/**
 * Checks that the tenders settle the total. Only the cash remainder is rounded, once per sale, after all other tenders;
 * change is given for cash alone.
 */
export function settle(
  total: Amount,
  tenders: readonly Tender[],
  rule: CashRoundingRule,
): Result<Settlement, SettleRefusal> {
  const wrong = tenders.findIndex((tender) => (total < 0 ? tender.amount > 0 : tender.amount < 0));
  if (wrong >= 0) return refuse({ kind: "wrong-direction", tender: wrong });
  const other = sumBy(tenders, (tender) => (tender.kind === "cash" ? ZERO : tender.amount));
  const cash = sumBy(tenders, (tender) => (tender.kind === "cash" ? tender.amount : ZERO));
  const rest = subtract(total, other);
  if (!tenders.some((tender) => tender.kind === "cash")) return settleWithoutCash(rest, total);
  const { rounded, difference } = roundCash(rest, rule.increment, total < 0 ? rule.changeMethod : rule.method);
  if (Math.sign(rest) !== Math.sign(total) && rest !== 0)
    return refuse({ kind: "over-tendered", excess: amount(Math.abs(rest)) });
  const change = subtract(cash, rounded);
  if (total < 0 ? change > 0 : change < 0) return refuse({ kind: "not-covered", missing: amount(Math.abs(change)) });
  if (total < 0 && change < 0) return refuse({ kind: "over-tendered", excess: amount(-change) });
  return accept({ change, cashRounding: difference });
}

function settleWithoutCash(rest: Amount, total: Amount): Result<Settlement, SettleRefusal> {
  if (rest === 0) return accept({ change: ZERO, cashRounding: ZERO });
  const stillOpen = Math.sign(rest) === Math.sign(total);
  return refuse(
    stillOpen
      ? { kind: "not-covered", missing: amount(Math.abs(rest)) }
      : { kind: "over-tendered", excess: amount(Math.abs(rest)) },
  );
}

/** Cash that stays in the drawer: tendered less change. */
export function cashKept(tenders: readonly Tender[], change: Amount): Amount {
  return add(
    sumBy(tenders, (tender) => (tender.kind === "cash" ? tender.amount : ZERO)),
    amount(-change),
  );
}
