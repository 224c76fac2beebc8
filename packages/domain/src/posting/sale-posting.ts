import type { PricedLine } from "../cart/line.ts";
import { present, unreachable } from "../kernel/assert.ts";
import type { Dimensions, JournalEntry, JournalLine } from "../ledger/journal-entry.ts";
import { assertBalanced } from "../ledger/journal-entry.ts";
import { type Amount, add, negate, subtract, ZERO } from "../money/amount.ts";
import type { Sale } from "../sale/sale.ts";
import { computeTaxes } from "../tax/compute-tax.ts";
import type { Tax, TaxId } from "../tax/tax.ts";
import { cashKept } from "../tender/settle.ts";
import type { Tender } from "../tender/tender.ts";
import { EntryBuilder } from "./entry-builder.ts";

/**
 * The revenue entry of a sale: what was taken, against sales at list price, returns, discounts net of tax, tax and cash
 * rounding. Null where nothing of value changed hands.
 */
export function postSale(sale: Sale): JournalEntry | null {
  const builder = new EntryBuilder(sale.branch);
  debitTenders(builder, sale);
  builder.credit("cash-rounding", sale.cashRounding);
  creditGoods(builder, sale);
  creditTaxes(builder, sale);
  return entryOf(sale, "rev", builder.lines());
}

/**
 * The cost entry of a sale: goods leave the stock for the cost of sales, returned goods come back.
 * @param costs cost of each line by its number, as the server's stock sequence decided it; never negative
 */
export function postSaleCosts(sale: Sale, costs: ReadonlyMap<number, Amount>): JournalEntry | null {
  const builder = new EntryBuilder(sale.branch);
  for (const line of sale.lines) {
    const cost = costs.get(line.line) ?? ZERO;
    const out = line.kind === "sale" ? cost : negate(cost);
    builder.debit("cost-of-goods-sold", out, categoryOf(line)).credit("inventory", out);
  }
  return entryOf(sale, "cogs", builder.lines());
}

function entryOf(sale: Sale, kind: string, lines: JournalLine[]): JournalEntry | null {
  if (lines.length === 0) return null;
  const entry: JournalEntry = {
    key: `sale:${sale.sale}:${kind}`,
    kind,
    source: sale.sale,
    postingDay: sale.businessDay,
    occurredAt: sale.completedAt,
    currency: sale.rules.currency,
    lines,
  };
  assertBalanced(entry);
  return entry;
}

function debitTenders(builder: EntryBuilder, sale: Sale): void {
  builder.debit("till-cash", cashKept(sale.tenders, sale.change), { terminal: sale.terminal });
  for (const tender of sale.tenders) debitTender(builder, tender, sale);
}

function debitTender(builder: EntryBuilder, tender: Tender, sale: Sale): void {
  switch (tender.kind) {
    case "cash":
      return;
    case "card":
      if (tender.state === "stored-offline") {
        builder.debit("offline-card-pending", tender.amount, { terminal: sale.terminal });
      } else builder.debit("card-clearing", tender.amount, { acquirer: tender.reader });
      return;
    case "gift-card":
      builder.debit("gift-card-liability", tender.amount, { card: tender.card });
      return;
    case "store-credit":
      builder.debit("store-credit-liability", tender.amount, { credit: tender.credit });
      return;
    case "on-account":
      builder.debit("receivable", tender.amount, { customer: tender.customer });
      return;
    default:
      unreachable(tender);
  }
}

function creditGoods(builder: EntryBuilder, sale: Sale): void {
  const nets = listNets(sale);
  for (const [index, line] of sale.lines.entries()) {
    if (line.giftCard !== undefined) {
      builder.credit("gift-card-liability", line.exTax, { card: line.giftCard });
    } else if (line.kind === "return") {
      builder.debit("sales-returns", negate(line.exTax), goodsOf(line));
    } else {
      const { listed, afterLineDiscounts } = nets[index] as ListNet;
      builder.credit("sales", listed, goodsOf(line));
      builder.debit("line-discounts", subtract(listed, afterLineDiscounts), reasonOf(line));
      builder.debit("order-discounts", subtract(afterLineDiscounts, line.exTax));
    }
  }
}

function creditTaxes(builder: EntryBuilder, sale: Sale): void {
  const taxes = new Map(sale.taxes.map((tax) => [tax.tax, tax]));
  for (const line of sale.lines) {
    for (const { tax, amount } of line.lineTaxes) {
      builder.credit("output-tax", amount, { tax, jurisdiction: taxes.get(tax)?.jurisdiction ?? "" });
    }
  }
}

type ListNet = { readonly listed: Amount; readonly afterLineDiscounts: Amount };

/** Each line's net of tax before any discount and before order discounts: discounts are booked net of tax. */
function listNets(sale: Sale): ListNet[] {
  const discounted = sale.lines.some((line) => line.discountAmounts.length > 0 || line.orderDiscount !== 0);
  if (!discounted) return sale.lines.map(({ exTax }) => ({ listed: exTax, afterLineDiscounts: exTax }));
  const listed = netsOf(sale, (line) => line.extended);
  const afterLineDiscounts = netsOf(sale, (line) => add(line.amount, line.orderDiscount));
  return sale.lines.map((_, index) => ({
    listed: listed[index] ?? ZERO,
    afterLineDiscounts: afterLineDiscounts[index] ?? ZERO,
  }));
}

function netsOf(sale: Sale, amountOf: (line: PricedLine) => Amount): Amount[] {
  const taxes = new Map<TaxId, Tax>(sale.taxes.map((tax) => [tax.tax, tax]));
  const { exponent, taxRounding, rounding } = sale.rules;
  const taxable = sale.lines.map((line) => ({
    amount: amountOf(line),
    quantity: line.quantity,
    taxes: line.taxes.map((tax) => present(taxes.get(tax), `INV-14 tax ${tax} is not on the sale`)),
  }));
  return computeTaxes(taxable, { exponent, scope: taxRounding, rounding }).map(({ exTax }) => exTax);
}

function goodsOf(line: PricedLine): Dimensions {
  return { category: line.category ?? "", tax: line.taxes.join("+") };
}

function categoryOf(line: PricedLine): Dimensions {
  return { category: line.category ?? "" };
}

function reasonOf(line: PricedLine): Dimensions {
  const first = line.discounts[0];
  return first === undefined ? {} : { reason: first.reason };
}
