import type { PricedLine } from "../cart/line.ts";
import { present } from "../kernel/assert.ts";
import type { Dimensions, JournalEntry, JournalLine } from "../ledger/journal-entry.ts";
import { type Amount, add, negate, subtract, ZERO } from "../money/amount.ts";
import type { Sale } from "../sale/sale.ts";
import { computeTaxes, type TaxedLine } from "../tax/compute-tax.ts";
import type { Tax, TaxId } from "../tax/tax.ts";
import { entry } from "./entry.ts";
import { EntryBuilder } from "./entry-builder.ts";
import { debitTenders } from "./tender-posting.ts";

/**
 * The revenue entry of a sale: what was taken, against sales at list price, returns, discounts net of tax, tax and cash
 * rounding. What is sold and what comes back are never netted. Null where nothing of value changed hands, and in training.
 */
export function postSale(sale: Sale): JournalEntry | null {
  if (sale.training) return null;
  const tenders = new EntryBuilder(sale.branch);
  debitTenders(tenders, sale);
  tenders.credit("cash-rounding", sale.cashRounding, { terminal: sale.terminal });
  const sold = new EntryBuilder(sale.branch);
  const returned = new EntryBuilder(sale.branch);
  const taxes = new Map(sale.taxes.map((tax) => [tax.tax, tax]));
  for (const line of sale.lines) {
    const builder = line.kind === "sale" ? sold : returned;
    creditGoods(builder, line, { sale, taxes });
    creditTaxes(builder, line, taxes);
  }
  return saleEntry(sale, "rev", [...tenders.lines(), ...sold.lines(), ...returned.lines()]);
}

/**
 * The cost entry of a sale: goods leave the stock for the cost of sales, returned goods come back.
 * @param costs cost of each line by its number, as the server's stock sequence decided it; never negative
 */
export function postSaleCosts(sale: Sale, costs: ReadonlyMap<number, Amount>): JournalEntry | null {
  if (sale.training) return null;
  const builder = new EntryBuilder(sale.branch);
  for (const line of sale.lines) {
    const cost = costs.get(line.line) ?? ZERO;
    const out = line.kind === "sale" ? cost : negate(cost);
    builder.debit("cost-of-goods-sold", out, categoryOf(line)).credit("inventory", out);
  }
  return saleEntry(sale, "cogs", builder.lines());
}

function saleEntry(sale: Sale, kind: string, lines: readonly JournalLine[]): JournalEntry | null {
  const { branch, businessDay: postingDay, completedAt: occurredAt } = sale;
  const name = { key: `sale:${sale.sale}:${kind}`, kind, source: sale.sale };
  return entry(name, { branch, postingDay, occurredAt, currency: sale.rules.currency }, lines);
}

type Taxes = ReadonlyMap<TaxId, Tax>;
type OfSale = { readonly sale: Sale; readonly taxes: Taxes };

/** A post-void mirrors what it undoes: a line that came back by it was a sale, and comes off sales. */
function creditGoods(builder: EntryBuilder, line: PricedLine, { sale, taxes }: OfSale): void {
  if (line.giftCard !== undefined) {
    builder.credit("gift-card-liability", line.exTax, { card: line.giftCard });
    return;
  }
  const isGoodsSold = (line.kind === "sale") !== (sale.postVoidOf !== undefined);
  if (!isGoodsSold) {
    builder.debit("sales-returns", negate(line.exTax), goodsOf(line));
    return;
  }
  const { listed, afterLineDiscounts } = listNets(line, { sale, taxes });
  builder.credit("sales", listed, goodsOf(line));
  builder.debit("line-discounts", subtract(listed, afterLineDiscounts), reasonOf(line));
  builder.debit("order-discounts", subtract(afterLineDiscounts, line.exTax));
}

function creditTaxes(builder: EntryBuilder, line: PricedLine, taxes: Taxes): void {
  for (const { tax, amount } of line.lineTaxes) {
    const known = taxes.get(tax);
    builder.credit("output-tax", amount, { tax: known?.of ?? tax, jurisdiction: known?.jurisdiction ?? "" });
  }
}

type ListNet = { readonly listed: Amount; readonly afterLineDiscounts: Amount };

/**
 * A line's net of tax before any discount and before order discounts, since discounts are booked net of tax. Each is taken
 * by itself, so that a line without discounts never shows the rounding of its neighbours as one.
 */
function listNets(line: PricedLine, of: OfSale): ListNet {
  const { exTax, extended, amount, orderDiscount } = line;
  if (extended === amount) return { listed: exTax, afterLineDiscounts: exTax };
  const listed = netOf(line, extended, of);
  if (orderDiscount === 0) return { listed, afterLineDiscounts: exTax };
  const before = add(amount, orderDiscount);
  return { listed, afterLineDiscounts: before === extended ? listed : netOf(line, before, of) };
}

function netOf(line: PricedLine, amount: Amount, { sale, taxes }: OfSale): Amount {
  const { exponent, rounding } = sale.rules;
  const list = line.taxes.map((tax) => present(taxes.get(tax), `INV-16 tax ${tax} is not on the sale`));
  const taxable = { amount, quantity: line.quantity, taxes: list };
  return (computeTaxes([taxable], { exponent, scope: "line", rounding })[0] as TaxedLine).exTax;
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
