import { present } from "../../kernel/assert.ts";
import { allocate } from "../../money/allocate.ts";
import { type Amount, amount, subtract } from "../../money/amount.ts";
import { currencyCode, exponentOf, parseAmount } from "../../money/currency.ts";
import { powerOfTen } from "../../money/decimal.ts";
import { roundRatio } from "../../money/rounding.ts";
import { extendedAmount, percentOff } from "../../pricing/line-amount.ts";
import { type CashRoundingMethod, roundCash } from "../../tender/cash-rounding.ts";
import { CASH_ROUNDING_RULES } from "../../tender/cash-rounding-rules.ts";
import { remainderOf, settle } from "../../tender/settle.ts";
import type { Tender } from "../../tender/tender.ts";
import { card, cash } from "../build.ts";
import { type Adapters, adapter, decimalOf, roundingOf } from "./adapter.ts";

type CashInput = { readonly increment: number; readonly method: string };

function cashMethod(method: string): CashRoundingMethod {
  return method.replace("_", "-") as CashRoundingMethod;
}

const round = adapter<{ value: string; mode: string }>(({ value, mode }) => {
  const { units, scale } = decimalOf(value);
  return { result: Number(roundRatio(BigInt(units), powerOfTen(scale), roundingOf(mode))) };
});

const currency = adapter<{ code: string }>(({ code }) => {
  const rule = CASH_ROUNDING_RULES.find((each) => each.currency === code);
  return { exponent: exponentOf(currencyCode(code)), cashIncrementMinor: rule?.rule.increment };
});

const settleVector = adapter<CashInput & { total: number; nonCashTenders: readonly number[] }>((input) => {
  const method = cashMethod(input.method);
  const rule = { increment: input.increment, method, changeMethod: method };
  const total = amount(input.total);
  const others: Tender[] = input.nonCashTenders.map((each) => card(each));
  const { cashDue } = remainderOf(total, others, rule);
  const settled = settle(total, [...others, cash(cashDue)], rule);
  if (!settled.ok) return { refused: settled.refusal };
  const roundingDifference = settled.value.cashRounding;
  return { cashDue, roundingDifference, totalPaid: total + roundingDifference };
});

const payable = adapter<CashInput & { gross: number; prepaid: number }>((input) => {
  const due = subtract(amount(input.gross), amount(input.prepaid));
  const { rounded, difference } = roundCash(due, input.increment, cashMethod(input.method));
  return { rounding: difference, payable: rounded };
});

export const MONEY_ADAPTERS: Adapters = {
  round,
  allocate: adapter<{ amount: number; weights: number[] }>(({ amount: whole, weights }) => ({
    parts: allocate(amount(whole), weights),
  })),
  "line.amount": adapter<{ exponent: number; roundingMode: string; qty: string; unitPrice: string }>((input) => ({
    amount: extendedAmount({ ...decimalOf(input.unitPrice), per: 1 }, decimalOf(input.qty), {
      exponent: input.exponent,
      rounding: roundingOf(input.roundingMode),
    }),
  })),
  "discount.percent": adapter<{ amount: number; percent: string; roundingMode: string }>((input) => ({
    ...percentOff(input.amount as Amount, percentToPpm(input.percent), roundingOf(input.roundingMode)),
  })),
  currency,
  "currency.parse": adapter<{ code: string; text: string }>(({ code, text }) => ({
    minor: present(parseAmount(text, currencyCode(code)), `not an amount: ${text}`),
  })),
  "cash.round": adapter<CashInput & { amount: number }>((input) => ({
    ...roundCash(amount(input.amount), input.increment, cashMethod(input.method)),
  })),
  "cash.settle": settleVector,
  "document.payableRounding": payable,
};

/** `12.5` per cent is 125 000 parts per million. */
export function percentToPpm(percent: string): number {
  const { units, scale } = decimalOf(percent);
  return units * 10 ** (4 - scale);
}
