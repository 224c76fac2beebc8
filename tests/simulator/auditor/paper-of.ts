import type { Paper } from "./audit.ts";

/** The shape of a completed sale as far as it is printed. */
type Printed = {
  readonly sale: string;
  readonly number: { readonly series: string; readonly number: number; readonly stream: string };
  readonly totals: { readonly total: number; readonly tax: number };
  readonly change: number;
  readonly tenders: readonly { readonly kind: string; readonly amount: number }[];
  readonly lines: readonly {
    readonly line: number;
    readonly variant: string | null;
    readonly quantity: { readonly units: number };
    readonly incTax: number;
  }[];
};

/** Writes down what a receipt says. */
export function paperOf({ sale, number, totals, change, tenders, lines }: Printed): Paper {
  return {
    sale,
    number: `${number.series}-${String(number.number).padStart(6, "0")}-${number.stream}`,
    total: totals.total,
    tax: totals.tax,
    change,
    tenders: tenders.map(({ kind, amount }) => ({ kind, amount })),
    lines: lines.map(({ line, variant, quantity, incTax }) => ({
      line,
      variant,
      units: quantity.units,
      amount: incTax,
    })),
  };
}
