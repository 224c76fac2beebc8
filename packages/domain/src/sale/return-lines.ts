import type { NewLine } from "../cart/check-line.ts";
import type { LineDiscount, OriginalLine, PricedLine, ReturnedFigures } from "../cart/line.ts";
import type { Quantity } from "../catalog/variant.ts";
import { accept, type Result, refuse } from "../kernel/result.ts";
import { type Amount, amount, multiply, negate, subtract, sum, sumBy } from "../money/amount.ts";
import { rescale } from "../money/decimal.ts";
import type { LineTax } from "../tax/compute-tax.ts";
import type { Tax } from "../tax/tax.ts";
import type { Sale } from "./sale.ts";

/** How much of a sold line comes back, and what becomes of it. */
export type ReturnRequest = {
  readonly line: number;
  /** Positive, in the unit of the line. */
  readonly quantity: Quantity;
  readonly reason: string;
  /** Whether the goods go back on the shelf. */
  readonly restock: boolean;
  readonly serials?: readonly string[];
};

export type ReturnRefusal =
  | { readonly kind: "no-such-line"; readonly line: number }
  | { readonly kind: "not-sold"; readonly line: number }
  /** What was on a card is spent or refunded from the card, never taken back as goods. */
  | { readonly kind: "stored-value"; readonly line: number }
  | { readonly kind: "quantity-invalid"; readonly line: number }
  | { readonly kind: "more-than-sold"; readonly line: number; readonly left: Quantity }
  | { readonly kind: "serial-not-sold"; readonly line: number; readonly serial: string }
  | { readonly kind: "training-sale" };

/** Units of each line, by its number and in its own scale, that have come back already. */
export type UnitsReturned = ReadonlyMap<number, number>;

/** What has to be known of a sale to take goods of it back: all of it, or what the code on its receipt carries. */
export type ReturnableSale = Pick<Sale, "sale" | "training" | "lines" | "taxes">;

export type ReturnTerms = { readonly returned: UnitsReturned; readonly known: OriginalLine["known"] };

/**
 * Lines that take goods of a sale back, at the price, discount and taxes they were sold with, for `addReturnLines`.
 * However a line comes back in parts, the parts add up to it to the cent.
 */
export function returnLines(
  sale: ReturnableSale,
  requests: readonly ReturnRequest[],
  terms: ReturnTerms,
): Result<{ readonly lines: readonly NewLine[]; readonly taxes: readonly Tax[] }, ReturnRefusal> {
  if (sale.training) return refuse({ kind: "training-sale" });
  const soFar = new Map(terms.returned);
  const lines: NewLine[] = [];
  for (const request of requests) {
    const made = returnLine(sale, request, { known: terms.known, before: soFar.get(request.line) ?? 0 });
    if (!made.ok) return made;
    lines.push(made.value);
    soFar.set(request.line, (soFar.get(request.line) ?? 0) - made.value.quantity.units);
  }
  return accept({ lines, taxes: sale.taxes });
}

function returnLine(
  sale: ReturnableSale,
  request: ReturnRequest,
  { known, before }: { readonly known: OriginalLine["known"]; readonly before: number },
): Result<NewLine, ReturnRefusal> {
  const line = sale.lines.find((each) => each.line === request.line);
  if (line === undefined) return refuse({ kind: "no-such-line", line: request.line });
  const refusal = requestFault(line, request, before);
  if (refusal !== null) return refuse(refusal);
  const { units } = rescale(request.quantity, line.quantity.scale, "down");
  const part = { before, units };
  const returned = returnedFigures(line, sale.taxes, part);
  return accept({
    kind: "return",
    variant: line.variant,
    name: line.name,
    sku: line.sku,
    category: line.category,
    quantity: { ...line.quantity, units: -units },
    stockQuantity: stockReturned(line, part),
    unitPrice: line.unitPrice,
    discounts: discountsReturned(line, returned.discount),
    taxes: line.taxes,
    original: { sale: sale.sale, line: line.line, known },
    returnReason: request.reason,
    restock: request.restock,
    returned,
    ...kept(line),
    ...(request.serials === undefined ? {} : { serials: request.serials }),
  });
}

function requestFault(line: PricedLine, { quantity, serials }: ReturnRequest, before: number): ReturnRefusal | null {
  const place = { line: line.line };
  if (line.kind !== "sale") return { kind: "not-sold", ...place };
  if (line.giftCard !== undefined) return { kind: "stored-value", ...place };
  const isNumber = Number.isSafeInteger(quantity.units) && quantity.units > 0 && quantity.unit === line.quantity.unit;
  if (!isNumber) return { kind: "quantity-invalid", ...place };
  const { units } = rescale(quantity, line.quantity.scale, "down");
  const isExact = rescale({ units, scale: line.quantity.scale }, quantity.scale, "down").units === quantity.units;
  if (!isExact) return { kind: "quantity-invalid", ...place };
  const left = Math.max(0, line.quantity.units - before);
  if (units > left) return { kind: "more-than-sold", ...place, left: { ...line.quantity, units: left } };
  const foreign = serials?.find((serial) => !(line.serials ?? []).includes(serial));
  return foreign === undefined ? null : { kind: "serial-not-sold", ...place, serial: foreign };
}

/** What tells these goods from others of their kind goes back with them; a kit in the parts it was sold in. */
function kept({ barcode, lot, expiry, kit }: PricedLine): Partial<NewLine> {
  return {
    ...(barcode === undefined ? {} : { barcode }),
    ...(lot === undefined ? {} : { lot }),
    ...(expiry === undefined ? {} : { expiry }),
    ...(kit === undefined ? {} : { kit }),
  };
}

/** A part of a line: so many of its units, after so many have come back before. */
export type LinePart = { readonly before: number; readonly units: number };

/**
 * The figures of one part: what the line's first `before + units` come to, less what its first `before` do. So the parts
 * of any division add up to the whole. What depends on other figures is their difference, not a rounding of its own.
 * @param taxes those of the sale, which tell what was in the price
 */
export function returnedFigures(line: PricedLine, taxes: readonly Tax[], part: LinePart): ReturnedFigures {
  const share = (whole: Amount): Amount => shareOf(whole, line.quantity.units, part);
  const isIncluded = ({ tax }: LineTax): boolean => taxes.find((each) => each.tax === tax)?.included ?? false;
  const lineTaxes = line.lineTaxes.map(({ tax, amount: whole }) => ({ tax, amount: share(whole) }));
  const after = share(line.amount);
  const extended = share(line.extended);
  const discounted = sum(line.discountAmounts) !== 0;
  const orderDiscount = discounted ? share(line.orderDiscount) : subtract(extended, after);
  const discount = amount(extended - after - orderDiscount);
  const included = sumBy(lineTaxes.filter(isIncluded), (each) => each.amount);
  const all = sumBy(lineTaxes, (each) => each.amount);
  const exTax = subtract(after, included);
  return { extended, discount, orderDiscount, exTax, incTax: amount(exTax + all), lineTaxes };
}

/** Negative, since it goes the other way. */
function shareOf(whole: Amount, units: number, { before, units: part }: LinePart): Amount {
  const first = (count: number): Amount => multiply(whole, { numerator: count, denominator: units }, "half-away");
  return subtract(first(before), first(before + part));
}

function stockReturned(line: PricedLine, part: LinePart): Quantity | null {
  const { stockQuantity } = line;
  if (stockQuantity === null) return null;
  return { ...stockQuantity, units: shareOf(amount(stockQuantity.units), line.quantity.units, part) };
}

function discountsReturned(line: PricedLine, discount: Amount): LineDiscount[] {
  if (discount === 0) return [];
  const reason = line.discounts.map((each) => each.reason).join(", ");
  return [{ kind: "amount", amount: amount(Math.abs(discount)), reason }];
}

/** Adds up what later sales took back of one, by line. */
export function unitsReturned(sale: ReturnableSale, later: readonly Pick<Sale, "lines">[]): Map<number, number> {
  const units = new Map<number, number>();
  for (const line of later.flatMap((each) => each.lines)) {
    if (line.kind !== "return" || line.original?.sale !== sale.sale) continue;
    const sold = sale.lines.find((each) => each.line === line.original?.line);
    if (sold === undefined) continue;
    const back = negate(amount(rescale(line.quantity, sold.quantity.scale, "half-away").units));
    units.set(sold.line, (units.get(sold.line) ?? 0) + back);
  }
  return units;
}
