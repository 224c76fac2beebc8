import { present } from "../kernel/assert.ts";
import { allocate } from "../money/allocate.ts";
import { type Amount, add, amount, subtract, sum, sumBy, ZERO } from "../money/amount.ts";
import { extendedAmount, percentOff } from "../pricing/line-amount.ts";
import { computeTaxes, type TaxableLine, type TaxedLine } from "../tax/compute-tax.ts";
import type { Tax, TaxId } from "../tax/tax.ts";
import type { CartTotals, PricedCart, PricingRules, TaxTotal } from "./cart.ts";
import type { LineDiscount, LineFacts, OrderDiscount, PricedLine, ReturnedFigures as Returned } from "./line.ts";

export type ReturnedFigures = Returned;

export type Priceable = {
  readonly rules: PricingRules;
  readonly lines: readonly LineFacts[];
  readonly orderDiscounts: readonly OrderDiscount[];
  readonly taxes: Readonly<Record<TaxId, Tax>>;
  /**
   * Figures of return lines whose original is known, by line number: a return repeats its sale's figures and is never
   * priced anew. What a line itself carries as `returned` comes second.
   */
  readonly returned?: ReadonlyMap<number, ReturnedFigures>;
};

/**
 * The order of operations of a receipt: extend, line discounts one after another, order discounts spread over the sale
 * lines, tax, totals. Terminal and server both call this and nothing else, so the same facts give the same cents.
 */
export function priceCart(cart: Priceable): PricedCart {
  const reduced = cart.lines.map((line) => discountLine(line, cart));
  if (cart.orderDiscounts.length > 0) spreadOrderDiscounts(reduced, cart);
  const taxed = taxLines(reduced, cart);
  const lines = reduced.map((line, index) => pricedLine(line, taxed[index] as TaxedLine));
  return { lines, taxTotals: taxTotals(lines), totals: totalsOf(lines) };
}

/** A line on its way to its figures: `left` is what remains of it after the discounts so far. */
type ReducedLine = {
  readonly facts: LineFacts;
  readonly returned: ReturnedFigures | undefined;
  readonly extended: Amount;
  readonly discountAmounts: readonly Amount[];
  left: Amount;
  orderDiscount: Amount;
};

/** A line before any discount, in the price basis. */
export function extendedOf(facts: LineFacts, rules: PricingRules): Amount {
  return facts.returned?.extended ?? facts.labelAmount ?? extendedAmount(facts.unitPrice, facts.quantity, rules);
}

/** What is left of one line after its own discounts, in the price basis. */
export function lineLeft(facts: LineFacts, cart: Pick<Priceable, "rules" | "returned">): Amount {
  return discountLine(facts, cart).left;
}

function discountLine(facts: LineFacts, cart: Pick<Priceable, "rules" | "returned">): ReducedLine {
  const returned = cart.returned?.get(facts.line) ?? facts.returned;
  if (returned !== undefined) return returnedLine(facts, returned);
  const extended = extendedOf(facts, cart.rules);
  const discountAmounts: Amount[] = [];
  let left = extended;
  for (const discount of facts.discounts) {
    const off = discountOff(left, discount, cart.rules);
    discountAmounts.push(off);
    left = subtract(left, off);
  }
  return { facts, returned, extended, discountAmounts, left, orderDiscount: ZERO };
}

/** What it carries becomes the line's own figures, and is not kept a second time. */
function returnedLine({ returned: _carried, ...facts }: LineFacts, returned: ReturnedFigures): ReducedLine {
  const { extended, discount, orderDiscount } = returned;
  const discountAmounts = discount === 0 ? [] : [discount];
  return {
    facts,
    returned,
    extended,
    discountAmounts,
    left: amount(extended - discount - orderDiscount),
    orderDiscount,
  };
}

/** An amount discount never takes more than is left, so that a line cannot turn over into its opposite. */
function discountOff(left: Amount, discount: LineDiscount, { rounding }: PricingRules): Amount {
  if (discount.kind === "percent") return percentOff(left, discount.percentPpm, rounding).discount;
  const asked = Math.min(discount.amount, Math.abs(left));
  return amount(left < 0 ? -asked : asked);
}

/** Spreads each order discount over the goods sold, by what is left of them. Stored value is sold at its face. */
function spreadOrderDiscounts(lines: readonly ReducedLine[], cart: Priceable): void {
  const eligible = lines.filter(({ facts, left }) => facts.kind === "sale" && facts.giftCard === undefined && left > 0);
  if (eligible.length === 0) return;
  for (const discount of cart.orderDiscounts) {
    const weights = eligible.map((line) => line.left);
    const whole = sum(weights);
    const off =
      discount.kind === "percent"
        ? percentOff(whole, discount.percentPpm, cart.rules.rounding).discount
        : amount(Math.min(discount.amount, whole));
    if (off === 0) continue;
    for (const [index, part] of allocate(off, weights).entries()) {
      const line = eligible[index] as ReducedLine;
      line.left = subtract(line.left, part);
      line.orderDiscount = add(line.orderDiscount, part);
    }
  }
}

/** Taxes of all lines in their order; those that repeat an original's figures take no part in the rounding of the others. */
function taxLines(lines: readonly ReducedLine[], cart: Priceable): TaxedLine[] {
  const { exponent, taxRounding, rounding } = cart.rules;
  const anew: TaxableLine[] = [];
  for (const { facts, returned, left } of lines) {
    if (returned !== undefined) continue;
    const taxes = facts.taxes.map((tax) => present(cart.taxes[tax], "INV-16 a tax of a line is not in the cart"));
    anew.push({ amount: left, quantity: facts.quantity, taxes });
  }
  const computed = computeTaxes(anew, { exponent, scope: taxRounding, rounding });
  if (anew.length === lines.length) return computed;
  let next = 0;
  return lines.map(({ returned }) => {
    if (returned === undefined) return computed[next++] as TaxedLine;
    return { exTax: returned.exTax, incTax: returned.incTax, taxes: returned.lineTaxes };
  });
}

function pricedLine(
  { facts, extended, discountAmounts, orderDiscount, left }: ReducedLine,
  taxed: TaxedLine,
): PricedLine {
  const { exTax, incTax, taxes } = taxed;
  return { ...facts, extended, discountAmounts, orderDiscount, amount: left, exTax, incTax, lineTaxes: taxes };
}

export function taxTotals(lines: readonly PricedLine[]): TaxTotal[] {
  const totals: { tax: TaxId; exTax: Amount; amount: Amount }[] = [];
  for (const line of lines) {
    for (const { tax, amount: each } of line.lineTaxes) {
      const total = totals.find((other) => other.tax === tax);
      if (total === undefined) totals.push({ tax, exTax: line.exTax, amount: each });
      else {
        total.exTax = add(total.exTax, line.exTax);
        total.amount = add(total.amount, each);
      }
    }
  }
  return totals;
}

function totalsOf(lines: readonly PricedLine[]): CartTotals {
  const extended = sumBy(lines, (line) => line.extended);
  const exTax = sumBy(lines, (line) => line.exTax);
  const total = sumBy(lines, (line) => line.incTax);
  const left = sumBy(lines, (line) => line.amount);
  return { extended, discount: subtract(extended, left), exTax, tax: subtract(total, exTax), total };
}
