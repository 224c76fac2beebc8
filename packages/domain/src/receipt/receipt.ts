import type { OriginalLine, PricedLine } from "../cart/line.ts";
import type { Quantity, UnitPrice } from "../catalog/variant.ts";
import { unreachable } from "../kernel/assert.ts";
import type { Uuid } from "../kernel/id.ts";
import type { Day, Instant } from "../kernel/instant.ts";
import { type Amount, add, amount, sumBy } from "../money/amount.ts";
import type { CurrencyCode } from "../money/currency.ts";
import { receiptNumberToText } from "../sale/receipt-number.ts";
import type { Sale } from "../sale/sale.ts";
import type { TaxId, TaxRate } from "../tax/tax.ts";
import { cashKept } from "../tender/settle.ts";
import type { TenderKind } from "../tender/tender.ts";

/** Who sells: what the law wants on every receipt and no sale carries. */
export type ReceiptSeller = {
  readonly name: string;
  readonly taxNumber: string;
  readonly branch: string;
  readonly address: string;
  readonly terminal: string;
  readonly footer: string;
};

/** In words that every renderer translates. A mark is never left off. */
export type ReceiptMark = "copy" | "training" | "return" | "post-void";

/** What paper, screen and mail show of a sale: everything, in order, with no figure left to compute. */
export type Receipt = {
  readonly marks: readonly ReceiptMark[];
  readonly seller: ReceiptSeller;
  readonly sale: Uuid;
  readonly number: string;
  readonly startedAt: Instant;
  readonly completedAt: Instant;
  readonly businessDay: Day;
  readonly cashier: string;
  readonly currency: CurrencyCode;
  readonly exponent: number;
  readonly pricesIncludeTax: boolean;
  readonly lines: readonly ReceiptLine[];
  readonly extended: Amount;
  readonly lineDiscount: Amount;
  readonly orderDiscount: Amount;
  readonly exTax: Amount;
  readonly tax: Amount;
  readonly total: Amount;
  readonly rates: readonly ReceiptRate[];
  readonly tenders: readonly ReceiptTender[];
  /** Cash handed over, and given back as change; null where no cash was taken. */
  readonly cash: { readonly tendered: Amount; readonly change: Amount; readonly kept: Amount } | null;
  /** On a line of its own, since it is neither turnover nor tax. */
  readonly cashRounding: Amount;
  readonly customer: { readonly name: string; readonly taxId: string | null; readonly exemption: string | null } | null;
  /** Numbers of the sales that goods come back from, and of the one that a post-void undoes, where they are known. */
  readonly originals: readonly ReceiptOriginal[];
  readonly note: string;
  /** Texts of the symbols by which any till takes goods of it back, and the part of their signature to print. */
  readonly codes: readonly string[];
  readonly signature: string | null;
};

export type ReceiptLine = {
  readonly line: number;
  readonly kind: "sale" | "return";
  readonly name: string;
  readonly sku: string | null;
  readonly quantity: Quantity;
  readonly unitPrice: UnitPrice;
  /** The price it would have had, where a person set another. */
  readonly listed: UnitPrice | null;
  readonly extended: Amount;
  readonly discounts: readonly ReceiptDiscount[];
  /** After its own discounts, before those of the whole sale. */
  readonly amount: Amount;
  /** Letters of the rates below that apply to it. */
  readonly rates: string;
  readonly serials: readonly string[];
  readonly lot: string | null;
  readonly expiry: Day | null;
  readonly giftCard: string | null;
  readonly original: OriginalLine | null;
  readonly note: string | null;
};

/** `percentPpm` where a percentage was taken off; what it came to stands beside it. */
export type ReceiptDiscount = { readonly reason: string; readonly amount: Amount; readonly percentPpm: number | null };

export type ReceiptRate = {
  readonly letter: string;
  readonly tax: TaxId;
  readonly name: string;
  readonly rate: TaxRate;
  readonly exTax: Amount;
  readonly amount: Amount;
  readonly incTax: Amount;
};

export type ReceiptTender = { readonly kind: TenderKind; readonly amount: Amount; readonly reference: string | null };

/** Without a sale it is what a person typed, with its day. */
export type ReceiptOriginal =
  | { readonly sale: Uuid; readonly number: string | null }
  | { readonly sale: null; readonly number: string; readonly day: Day };

export type ReceiptPrint = {
  readonly seller: ReceiptSeller;
  /** Printed before: from the second time on it is a copy. */
  readonly isCopy: boolean;
  readonly numbersBySale: ReadonlyMap<Uuid, string>;
  readonly codes: readonly string[];
  readonly signature: string | null;
};

export function receiptOf(sale: Sale, print: ReceiptPrint): Receipt {
  const rates = ratesOf(sale);
  const { totals, rules } = sale;
  const orderDiscount = sumBy(sale.lines, (line) => line.orderDiscount);
  return {
    marks: marksOf(sale, print.isCopy),
    seller: print.seller,
    sale: sale.sale,
    number: receiptNumberToText(sale.number),
    startedAt: sale.startedAt,
    completedAt: sale.completedAt,
    businessDay: sale.businessDay,
    cashier: sale.cashierName,
    currency: rules.currency,
    exponent: rules.exponent,
    pricesIncludeTax: rules.pricesIncludeTax,
    lines: sale.lines.map((line) => receiptLine(line, rates)),
    extended: totals.extended,
    lineDiscount: amount(totals.discount - orderDiscount),
    orderDiscount,
    exTax: totals.exTax,
    tax: totals.tax,
    total: totals.total,
    rates,
    tenders: sale.tenders.map((tender) => ({
      kind: tender.kind,
      amount: tender.amount,
      reference: referenceOf(tender),
    })),
    cash: cashOf(sale),
    cashRounding: sale.cashRounding,
    customer: customerOf(sale),
    originals: originalsOf(sale, print.numbersBySale),
    note: sale.note,
    codes: print.codes,
    signature: print.signature,
  };
}

function marksOf(sale: Sale, isCopy: boolean): ReceiptMark[] {
  const marks: ReceiptMark[] = [];
  if (sale.training) marks.push("training");
  if (isCopy) marks.push("copy");
  if (sale.postVoidOf !== undefined) marks.push("post-void");
  else if (sale.lines.some((line) => line.kind === "return")) marks.push("return");
  return marks;
}

function ratesOf(sale: Sale): ReceiptRate[] {
  return sale.taxTotals.flatMap(({ tax, exTax, amount: each }, index) => {
    const known = sale.taxes.find((one) => one.tax === tax);
    if (known === undefined) return [];
    const rate: TaxRate =
      known.kind === "percent"
        ? { kind: "percent", ratePpm: known.ratePpm }
        : { kind: "fixed", perUnit: known.perUnit };
    return [{ letter: letterOf(index), tax, name: known.name, rate, exTax, amount: each, incTax: add(exTax, each) }];
  });
}

/** A to Z, then AA: nobody has so many taxes, but a receipt must not fail for it. */
function letterOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : letterOf(Math.floor(index / 26) - 1) + letter;
}

function receiptLine(line: PricedLine, rates: readonly ReceiptRate[]): ReceiptLine {
  return {
    line: line.line,
    kind: line.kind,
    name: line.name,
    sku: line.sku,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    listed: line.override?.listed ?? null,
    extended: line.extended,
    discounts: line.discountAmounts.map((each, index) => receiptDiscount(each, line.discounts[index])),
    amount: add(line.amount, line.orderDiscount),
    rates: rates.flatMap(({ tax, letter }) => (line.taxes.includes(tax) ? [letter] : [])).join(""),
    serials: line.serials ?? [],
    lot: line.lot ?? null,
    expiry: line.expiry ?? null,
    giftCard: line.giftCard ?? null,
    original: line.original ?? null,
    note: line.note ?? null,
  };
}

function receiptDiscount(off: Amount, discount: PricedLine["discounts"][number] | undefined): ReceiptDiscount {
  const percentPpm = discount?.kind === "percent" ? discount.percentPpm : null;
  return { reason: discount?.reason ?? "", amount: off, percentPpm };
}

function referenceOf(tender: Sale["tenders"][number]): string | null {
  switch (tender.kind) {
    case "cash":
    case "on-account":
      return null;
    case "card":
      return tender.reference;
    case "gift-card":
      return tender.card;
    case "store-credit":
      return tender.credit;
    default:
      return unreachable(tender);
  }
}

function cashOf({ tenders, change }: Sale): Receipt["cash"] {
  const cash = tenders.filter((tender) => tender.kind === "cash");
  if (cash.length === 0) return null;
  return { tendered: sumBy(cash, (tender) => tender.amount), change, kept: cashKept(tenders, change) };
}

function customerOf({ customer }: Sale): Receipt["customer"] {
  if (customer === null) return null;
  return { name: customer.name, taxId: customer.taxId ?? null, exemption: customer.taxExemption?.reason ?? null };
}

function originalsOf(sale: Sale, numbers: ReadonlyMap<Uuid, string>): ReceiptOriginal[] {
  const sales = new Set(sale.lines.flatMap((line) => (line.original === undefined ? [] : [line.original.sale])));
  if (sale.postVoidOf !== undefined) sales.add(sale.postVoidOf);
  const typed = new Map(
    sale.lines.flatMap(({ typedReceipt }) => (typedReceipt === undefined ? [] : [[typedReceipt.number, typedReceipt]])),
  );
  return [
    ...[...sales].map((each) => ({ sale: each, number: numbers.get(each) ?? null })),
    ...[...typed.values()].map(({ number, day }) => ({ sale: null, number, day })),
  ];
}
