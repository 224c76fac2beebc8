import type { PricedLine } from "../cart/line.ts";
import type { Quantity } from "../catalog/variant.ts";
import type { Uuid } from "../kernel/id.ts";
import type { Instant } from "../kernel/instant.ts";
import { accept, type Result, refuse } from "../kernel/result.ts";
import { negate } from "../money/amount.ts";
import { remainderOf, settle } from "../tender/settle.ts";
import type { Tender } from "../tender/tender.ts";
import type { SaleCircumstances } from "./complete-sale.ts";
import type { Sale } from "./sale.ts";

export type PostVoidRefusal =
  /** Only within the shift of the sale; later it is a return. */
  | { readonly kind: "other-shift" }
  | { readonly kind: "is-a-post-void" }
  /** It was post-voided, or something of it came back: money has moved already. */
  | { readonly kind: "already-reversed" }
  | { readonly kind: "tenders-do-not-mirror" };

export type PostVoid = SaleCircumstances & {
  readonly sale: Uuid;
  readonly startedAt: Instant;
  readonly reason: string;
  /** Sales that were completed since, among which one may have reversed this one. */
  readonly later: readonly Sale[];
  /** What is given back; as it was taken if not said. */
  readonly tenders?: readonly Tender[];
};

/** Undoes a completed sale by a sale of its own number that mirrors every figure of it. */
export function postVoid(sale: Sale, act: PostVoid): Result<Sale, PostVoidRefusal> {
  if (sale.postVoidOf !== undefined) return refuse({ kind: "is-a-post-void" });
  if (act.shift === null || act.shift !== sale.shift) return refuse({ kind: "other-shift" });
  if (act.later.some((each) => reverses(each, sale))) return refuse({ kind: "already-reversed" });
  const { reason, later: _searched, tenders = mirroredTenders(sale), cashier, ...circumstances } = act;
  const total = negate(sale.totals.total);
  const settled = settle(total, tenders, sale.rules.cashRounding);
  if (!settled.ok) return refuse({ kind: "tenders-do-not-mirror" });
  return accept({
    ...sale,
    ...circumstances,
    cashier: cashier.staff,
    cashierName: cashier.name,
    lines: sale.lines.map((line) => mirroredLine(line, sale)),
    orderDiscounts: [],
    taxTotals: sale.taxTotals.map(({ tax, exTax, amount }) => ({ tax, exTax: negate(exTax), amount: negate(amount) })),
    totals: {
      extended: negate(sale.totals.extended),
      discount: negate(sale.totals.discount),
      exTax: negate(sale.totals.exTax),
      tax: negate(sale.totals.tax),
      total,
    },
    tenders,
    change: settled.value.change,
    cashRounding: settled.value.cashRounding,
    voids: [],
    note: reason,
    postVoidOf: sale.sale,
  });
}

function reverses(later: Sale, sale: Sale): boolean {
  return later.postVoidOf === sale.sale || later.lines.some((line) => line.original?.sale === sale.sale);
}

/** Every tender goes back the way it came; cash less the change that was given. */
export function mirroredTenders(sale: Sale): Tender[] {
  const others = sale.tenders
    .filter((tender) => tender.kind !== "cash")
    .map((tender) => ({ ...tender, amount: negate(tender.amount) }));
  if (others.length === sale.tenders.length) return others;
  const { cashDue } = remainderOf(negate(sale.totals.total), others, sale.rules.cashRounding);
  return [...others, { kind: "cash", amount: cashDue }];
}

function mirroredLine(line: PricedLine, sale: Sale): PricedLine {
  return {
    ...line,
    kind: line.kind === "sale" ? "return" : "sale",
    quantity: mirroredQuantity(line.quantity),
    stockQuantity: line.stockQuantity === null ? null : mirroredQuantity(line.stockQuantity),
    ...(line.labelAmount === undefined ? {} : { labelAmount: negate(line.labelAmount) }),
    original: { sale: sale.sale, line: line.line, known: "own" },
    extended: negate(line.extended),
    discountAmounts: line.discountAmounts.map((each) => negate(each)),
    orderDiscount: negate(line.orderDiscount),
    amount: negate(line.amount),
    exTax: negate(line.exTax),
    incTax: negate(line.incTax),
    lineTaxes: line.lineTaxes.map(({ tax, amount }) => ({ tax, amount: negate(amount) })),
  };
}

function mirroredQuantity(quantity: Quantity): Quantity {
  return { ...quantity, units: -quantity.units };
}
