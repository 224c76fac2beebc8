import type { PricedLine } from "../cart/line.ts";
import { priceCart, type ReturnedFigures } from "../cart/price-cart.ts";
import { type Amount, sum, sumBy } from "../money/amount.ts";
import type { Tax, TaxId } from "../tax/tax.ts";
import { settle } from "../tender/settle.ts";
import type { Sale } from "./sale.ts";

/** A figure that the same rules make otherwise: a bug or tampering. The sale is booked as sold; a person looks at this. */
export type SaleDifference = { readonly field: string; readonly recorded: number; readonly recomputed: number };

/**
 * Makes the figures of a sale again from its facts. Return lines whose original is known repeat that original's figures
 * and are only checked for adding up.
 */
export function checkSale(sale: Sale): SaleDifference[] {
  const taxes = Object.fromEntries(sale.taxes.map((tax) => [tax.tax, tax])) as Record<TaxId, Tax>;
  const unknown = sale.lines.flatMap((line) => line.taxes).find((tax) => taxes[tax] === undefined);
  if (unknown !== undefined) return [{ field: `taxes.${unknown}`, recorded: 0, recomputed: 1 }];
  const returned = new Map(
    sale.lines.filter((line) => repeatsAnOriginal(line, sale)).map((line) => [line.line, returnedFigures(line)]),
  );
  const priced = priceCart({
    rules: sale.rules,
    lines: sale.lines,
    orderDiscounts: sale.orderDiscounts,
    taxes,
    returned,
  });
  const differences: SaleDifference[] = [];
  const compare = (field: string, recorded: number, recomputed: number): void => {
    if (recorded !== recomputed) differences.push({ field, recorded, recomputed });
  };
  for (const [index, line] of priced.lines.entries()) {
    const recorded = sale.lines[index] as PricedLine;
    for (const field of LINE_FIELDS) compare(`lines.${line.line}.${field}`, recorded[field], line[field]);
    compare(`lines.${line.line}.tax`, sumBy(recorded.lineTaxes, taxAmount), sumBy(line.lineTaxes, taxAmount));
    compare(`lines.${line.line}.discount`, sum(recorded.discountAmounts), sum(line.discountAmounts));
    compare(`lines.${line.line}.sum`, recorded.incTax - recorded.exTax, includedAndExcluded(recorded));
  }
  for (const field of TOTAL_FIELDS) compare(`totals.${field}`, sale.totals[field], priced.totals[field]);
  for (const total of priced.taxTotals) {
    compare(`taxTotals.${total.tax}`, sale.taxTotals.find(({ tax }) => tax === total.tax)?.amount ?? 0, total.amount);
  }
  return differences;
}

const LINE_FIELDS = ["extended", "orderDiscount", "amount", "exTax", "incTax"] as const;
const TOTAL_FIELDS = ["extended", "discount", "exTax", "tax", "total"] as const;

function taxAmount({ amount }: { readonly amount: Amount }): Amount {
  return amount;
}

function includedAndExcluded(line: PricedLine): number {
  return sumBy(line.lineTaxes, taxAmount);
}

/** A post-void mirrors lines of either kind; elsewhere only goods that come back from a known sale repeat its figures. */
function repeatsAnOriginal(line: PricedLine, sale: Sale): boolean {
  if (sale.postVoidOf !== undefined) return true;
  return line.kind === "return" && line.original !== undefined && line.original.known !== "typed";
}

function returnedFigures(line: PricedLine): ReturnedFigures {
  const { extended, orderDiscount, exTax, incTax, lineTaxes } = line;
  return { extended, discount: sum(line.discountAmounts), orderDiscount, exTax, incTax, lineTaxes };
}

/** Why a sale cannot go into the books as it stands; it is then kept whole for a person to resolve. */
export type SaleFault = "tenders-do-not-settle" | "sums-broken" | "quantity-sign";

/** The checks without which no balanced entry can be made. */
export function findFault(sale: Sale): SaleFault | null {
  if (sale.lines.some((line) => (line.kind === "sale" ? line.quantity.units < 0 : line.quantity.units > 0))) {
    return "quantity-sign";
  }
  const total = sumBy(sale.lines, (line) => line.incTax);
  const taxes = sale.lines.every((line) => line.incTax - line.exTax === includedAndExcluded(line));
  if (total !== sale.totals.total || !taxes) return "sums-broken";
  const settled = settle(sale.totals.total, sale.tenders, sale.rules.cashRounding);
  if (!settled.ok || settled.value.change !== sale.change || settled.value.cashRounding !== sale.cashRounding) {
    return "tenders-do-not-settle";
  }
  return null;
}
