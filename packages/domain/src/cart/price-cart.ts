import { present } from "../kernel/assert.ts";
import { allocate } from "../money/allocate.ts";
import { type Amount, add, amount, negate, subtract, sum, sumBy, ZERO } from "../money/amount.ts";
import { extendedAmount, percentOff } from "../pricing/line-amount.ts";
import { computeTaxes, type LineTax, type TaxedLine } from "../tax/compute-tax.ts";
import type { Tax, TaxId } from "../tax/tax.ts";
import type { CartTotals, PricedCart, PricingRules, TaxTotal } from "./cart.ts";
import type { LineDiscount, LineFacts, OrderDiscount, PricedLine } from "./line.ts";

export type Priceable = {
  readonly rules: PricingRules;
  readonly lines: readonly LineFacts[];
  readonly orderDiscounts: readonly OrderDiscount[];
  readonly taxes: Readonly<Record<TaxId, Tax>>;
  /** Figures of return lines whose original is known: a return repeats its sale's figures and is never priced anew. */
  readonly returned?: ReadonlyMap<number, ReturnedFigures>;
};

export type ReturnedFigures = {
  readonly extended: Amount;
  readonly discount: Amount;
  readonly orderDiscount: Amount;
  readonly exTax: Amount;
  readonly incTax: Amount;
  readonly lineTaxes: readonly LineTax[];
};

/**
 * The order of operations of a receipt: extend, line discounts one after another, order discounts spread over the sale
 * lines, tax, totals. Terminal and server both call this and nothing else, so the same facts give the same cents.
 */
export function priceCart(cart: Priceable): PricedCart {
  const discounted = cart.lines.map((line) => discountLine(line, cart));
  const shares = orderDiscountShares(discounted, cart);
  const reduced = discounted.map((line, index) => {
    const orderDiscount = line.returned?.orderDiscount ?? shares[index] ?? ZERO;
    return { ...line, orderDiscount, amount: subtract(line.left, orderDiscount) };
  });
  const taxed = taxLines(reduced, cart);
  const lines = reduced.map(({ facts, extended, discountAmounts, orderDiscount, amount: after }, index): PricedLine => {
    const { exTax, incTax, taxes } = taxed[index] as TaxedLine;
    return { ...facts, extended, discountAmounts, orderDiscount, amount: after, exTax, incTax, lineTaxes: taxes };
  });
  return { lines, taxTotals: taxTotals(lines), totals: totalsOf(lines) };
}

type DiscountedLine = {
  readonly facts: LineFacts;
  readonly returned: ReturnedFigures | undefined;
  readonly extended: Amount;
  readonly discountAmounts: readonly Amount[];
  readonly left: Amount;
};

function discountLine(facts: LineFacts, cart: Priceable): DiscountedLine {
  const returned = cart.returned?.get(facts.line);
  if (returned !== undefined) {
    const { extended, discount } = returned;
    const discountAmounts = discount === 0 ? [] : [discount];
    return { facts, returned, extended, discountAmounts, left: subtract(extended, discount) };
  }
  const extended = facts.labelAmount ?? extendedAmount(facts.unitPrice, facts.quantity, cart.rules);
  const discountAmounts: Amount[] = [];
  let left = extended;
  for (const discount of facts.discounts) {
    const off = discountOff(left, discount, cart.rules);
    discountAmounts.push(off);
    left = subtract(left, off);
  }
  return { facts, returned, extended, discountAmounts, left };
}

/** An amount discount never takes more than is left, so that a line cannot turn over into its opposite. */
function discountOff(left: Amount, discount: LineDiscount, { rounding }: PricingRules): Amount {
  if (discount.kind === "percent") return percentOff(left, discount.percentPpm, rounding).discount;
  const asked = Math.min(discount.amount, Math.abs(left));
  return amount(left < 0 ? -asked : asked);
}

/** Spreads each order discount over the sale lines, by what is left of them. */
function orderDiscountShares(lines: readonly DiscountedLine[], cart: Priceable): Amount[] {
  const shares: Amount[] = lines.map(() => ZERO);
  const eligible = lines.flatMap((line, index) => (line.facts.kind === "sale" && line.left > 0 ? [index] : []));
  if (eligible.length === 0) return shares;
  for (const discount of cart.orderDiscounts) {
    const left = eligible.map((index) => subtract(lines[index]?.left ?? ZERO, shares[index] ?? ZERO));
    const whole = sum(left);
    const off =
      discount.kind === "percent"
        ? percentOff(whole, discount.percentPpm, cart.rules.rounding).discount
        : amount(Math.min(discount.amount, whole));
    if (off === 0) continue;
    for (const [position, part] of allocate(off, left).entries()) {
      const index = eligible[position] as number;
      shares[index] = add(shares[index] ?? ZERO, part);
    }
  }
  return shares;
}

function taxLines(lines: readonly (DiscountedLine & { amount: Amount })[], cart: Priceable): TaxedLine[] {
  const { exponent, taxRounding, rounding } = cart.rules;
  const taxable = lines
    .filter((line) => line.returned === undefined)
    .map((line) => ({
      amount: line.amount,
      quantity: line.facts.quantity,
      taxes: line.facts.taxes.map((tax) => present(cart.taxes[tax], `INV-14 tax ${tax} of a line is not in the cart`)),
    }));
  const computed = computeTaxes(taxable, { exponent, scope: taxRounding, rounding });
  let next = 0;
  return lines.map(({ returned }) => {
    if (returned === undefined) return computed[next++] as TaxedLine;
    return { exTax: returned.exTax, incTax: returned.incTax, taxes: returned.lineTaxes };
  });
}

export function taxTotals(lines: readonly PricedLine[]): TaxTotal[] {
  const totals = new Map<TaxId, { exTax: number; amount: number }>();
  for (const line of lines) {
    for (const { tax, amount: each } of line.lineTaxes) {
      const total = totals.get(tax) ?? { exTax: 0, amount: 0 };
      totals.set(tax, { exTax: total.exTax + line.exTax, amount: total.amount + each });
    }
  }
  return [...totals].map(([tax, total]) => ({ tax, exTax: amount(total.exTax), amount: amount(total.amount) }));
}

function totalsOf(lines: readonly PricedLine[]): CartTotals {
  const extended = sumBy(lines, (line) => line.extended);
  const exTax = sumBy(lines, (line) => line.exTax);
  const total = sumBy(lines, (line) => line.incTax);
  const discount = subtract(
    extended,
    sumBy(lines, (line) => line.amount),
  );
  return { extended, discount, exTax, tax: add(total, negate(exTax)), total };
}
