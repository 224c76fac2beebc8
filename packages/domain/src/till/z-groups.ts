import { type Amount, add, ZERO } from "../money/amount.ts";
import type { Sale } from "../sale/sale.ts";
import type { StaffId } from "../staff/staff.ts";
import type { Tax, TaxId } from "../tax/tax.ts";

/** Goods of one group, net of returns; signed, since a group may have more returns than sales. */
export type GroupTotal = {
  /** The category of the goods; null for goods without one. */
  readonly category: string | null;
  readonly lines: number;
  readonly exTax: Amount;
  readonly incTax: Amount;
};

export type CashierTotal = {
  readonly cashier: StaffId;
  readonly name: string;
  readonly receipts: number;
  readonly incTax: Amount;
};

/** One tax at one rate, net of returns: what the tax return asks for. */
export type RateTotal = {
  readonly tax: TaxId;
  readonly rate: Tax;
  readonly exTax: Amount;
  readonly amount: Amount;
};

export function salesByGroup(sales: readonly Sale[]): GroupTotal[] {
  const groups = new Map<string | null, GroupTotal>();
  for (const line of sales.flatMap((sale) => sale.lines)) {
    if (line.giftCard !== undefined) continue;
    const group = groups.get(line.category) ?? { category: line.category, lines: 0, exTax: ZERO, incTax: ZERO };
    groups.set(line.category, {
      category: line.category,
      lines: group.lines + 1,
      exTax: add(group.exTax, line.exTax),
      incTax: add(group.incTax, line.incTax),
    });
  }
  return [...groups.values()].sort((a, b) => compare(a.category ?? "", b.category ?? ""));
}

export function salesByCashier(sales: readonly Sale[]): CashierTotal[] {
  const cashiers = new Map<StaffId, CashierTotal>();
  for (const { cashier, cashierName: name, totals } of sales) {
    const known = cashiers.get(cashier) ?? { cashier, name, receipts: 0, incTax: ZERO };
    cashiers.set(cashier, { ...known, receipts: known.receipts + 1, incTax: add(known.incTax, totals.total) });
  }
  return [...cashiers.values()].sort((a, b) => compare(a.cashier, b.cashier));
}

/** A tax whose rate changed within the shift stands there once for each rate. */
export function totalsByRate(sales: readonly Sale[]): RateTotal[] {
  const rates = new Map<string, RateTotal>();
  for (const sale of sales) {
    for (const rate of sale.taxes) {
      const total = sale.taxTotals.find((each) => each.tax === rate.tax);
      if (total === undefined) continue;
      const tax = rate.of ?? rate.tax;
      const key = `${tax} ${rateKey(rate)}`;
      const known = rates.get(key) ?? { tax, rate, exTax: ZERO, amount: ZERO };
      rates.set(key, { ...known, exTax: add(known.exTax, total.exTax), amount: add(known.amount, total.amount) });
    }
  }
  return [...rates].sort(([a], [b]) => compare(a, b)).map(([, total]) => total);
}

function rateKey(tax: Tax): string {
  return tax.kind === "percent" ? `${tax.ratePpm}` : `${tax.perUnit.units}e-${tax.perUnit.scale}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
