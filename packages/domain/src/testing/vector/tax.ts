import type { LineDiscount, LineFacts, OrderDiscount } from "../../cart/line.ts";
import { priceCart } from "../../cart/price-cart.ts";
import { type Amount, amount, sumBy } from "../../money/amount.ts";
import { powerOfTen } from "../../money/decimal.ts";
import { roundRatio } from "../../money/rounding.ts";
import { evaluate, type Linear, solveTaxes } from "../../tax/exact-tax.ts";
import type { Tax, TaxId, TaxRounding } from "../../tax/tax.ts";
import { fixedTax, percentTax, testLine, testRules } from "../build.ts";
import { type Adapters, adapter, decimalOf, roundingOf, shownAs } from "./adapter.ts";
import { percentToPpm } from "./money.ts";

export type VectorTax = {
  readonly id: string;
  readonly kind: "percent" | "fixed";
  readonly rate: string;
  readonly priceIncluded: boolean;
  readonly affectsSubsequentBase?: boolean;
  readonly baseAffectedByPrevious?: boolean;
};

export type VectorLine = {
  readonly qty: string;
  readonly unitPrice: string;
  readonly taxes: readonly VectorTax[];
  readonly priceBaseQty?: number;
  readonly discountPercent?: number;
  readonly discountAmount?: number;
  readonly chargeAmount?: number;
};

type Document = {
  readonly exponent: number;
  readonly taxRounding: TaxRounding;
  readonly roundingMode: string;
  readonly lines: readonly VectorLine[];
  readonly orderDiscountAmount?: number;
  readonly orderDiscountPercent?: number;
};

export function taxOf(vector: VectorTax): Tax {
  const rules = {
    included: vector.priceIncluded,
    compound: vector.affectsSubsequentBase ?? false,
    onPrevious: vector.baseAffectedByPrevious ?? true,
  };
  return vector.kind === "percent"
    ? percentTax(vector.id, vector.rate, rules)
    : fixedTax(vector.id, vector.rate, rules);
}

export function taxesOf(lines: readonly VectorLine[]): Record<TaxId, Tax> {
  const taxes = lines.flatMap((line) => line.taxes).map(taxOf);
  return Object.fromEntries(taxes.map((tax) => [tax.tax, tax])) as Record<TaxId, Tax>;
}

export function lineOf(vector: VectorLine, index: number): LineFacts {
  return testLine({
    line: index + 1,
    quantity: { ...decimalOf(vector.qty), unit: "each" },
    unitPrice: { ...decimalOf(vector.unitPrice), per: vector.priceBaseQty ?? 1 },
    discounts: discountsOf(vector),
    taxes: vector.taxes.map((tax) => tax.id as TaxId),
  });
}

/** A charge on the line offsets its discount: we have no charges, and the sources' lines have both. */
function discountsOf({ discountPercent, discountAmount = 0, chargeAmount = 0 }: VectorLine): LineDiscount[] {
  const off = discountAmount - chargeAmount;
  if (discountPercent !== undefined) {
    return [{ kind: "percent", percentPpm: percentToPpm(String(discountPercent)), reason: "vector" }];
  }
  return off === 0 ? [] : [{ kind: "amount", amount: amount(off), reason: "vector" }];
}

function orderDiscountsOf({ orderDiscountAmount, orderDiscountPercent }: Document): OrderDiscount[] {
  if (orderDiscountPercent !== undefined) {
    return [{ kind: "percent", percentPpm: percentToPpm(String(orderDiscountPercent)), reason: "vector" }];
  }
  if (orderDiscountAmount === undefined) return [];
  return [{ kind: "amount", amount: orderDiscountAmount as Amount, reason: "vector" }];
}

const document = adapter<Document>((input) => {
  const priced = priceCart({
    rules: testRules({
      exponent: input.exponent,
      taxRounding: input.taxRounding,
      rounding: roundingOf(input.roundingMode),
    }),
    lines: input.lines.map(lineOf),
    orderDiscounts: orderDiscountsOf(input),
    taxes: taxesOf(input.lines),
  });
  const byTax = Object.fromEntries(priced.taxTotals.map(({ tax, amount: each }) => [tax, each]));
  return {
    net: priced.totals.exTax,
    tax: priced.totals.tax,
    gross: priced.totals.total,
    byTax,
    lineAmounts: priced.lines.map((line) => line.amount),
    sumOfLines: sumBy(priced.lines, (line) => line.incTax),
  };
});

/** The exact tax in major units, rounded to as many decimals as the source shows. */
const raw = adapter<{ price: string; taxes: VectorTax[] }, { dp: number; rawTax: Record<string, string> }>(
  ({ price, taxes }, { dp, rawTax }) => {
    const list = taxes.map(taxOf);
    const { units, scale } = decimalOf(price);
    const { terms, net } = solveTaxes({ amount: amount(units), quantity: decimalOf("1"), taxes: list }, scale);
    const shown = list.map((tax, index): [string, string] => {
      const { numerator, denominator } = evaluate(terms[index] as Linear, net);
      const rounded = roundRatio(numerator * powerOfTen(dp), denominator * powerOfTen(scale), "half-away");
      return [tax.tax, shownAs({ units: Number(rounded), scale: dp }, rawTax[tax.tax] ?? "0")];
    });
    return { rawTax: Object.fromEntries(shown), dp };
  },
);

export const TAX_ADAPTERS: Adapters = { "tax.document": document, "tax.raw": raw };
