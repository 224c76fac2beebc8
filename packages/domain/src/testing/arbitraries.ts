import fc from "fast-check";
import type { Cart, PricingRules } from "../cart/cart.ts";
import type { LineDiscount, LineFacts, OrderDiscount } from "../cart/line.ts";
import { priceCart } from "../cart/price-cart.ts";
import { type Amount, amount } from "../money/amount.ts";
import { currencyCode } from "../money/currency.ts";
import type { Rounding } from "../money/rounding.ts";
import type { Sale } from "../sale/sale.ts";
import type { Tax, TaxId } from "../tax/tax.ts";
import { type CashRoundingRule, NO_CASH_ROUNDING } from "../tender/cash-rounding.ts";
import { CASH_ROUNDING_RULES } from "../tender/cash-rounding-rules.ts";
import { remainderOf } from "../tender/settle.ts";
import type { Tender } from "../tender/tender.ts";
import { card, cash, testCart, testLine, testRules, testSale } from "./build.ts";

/*
 * What a shop can meet, made by chance: for properties of any package. Sizes are those of a shop with some extremes, so that
 * both the plain and the exact arithmetic are reached.
 */

export const roundings: readonly Rounding[] = [
  "half-away",
  "half-even",
  "half-toward-positive",
  "half-toward-zero",
  "down",
  "up",
];

export const anyRounding = fc.constantFrom(...roundings);

export const anyAmount: fc.Arbitrary<Amount> = fc
  .oneof({ weight: 6, arbitrary: fc.integer({ min: -100_000, max: 100_000 }) }, fc.maxSafeInteger())
  .map(amount);

/** Rates as they are levied, and any other. */
const ratePpm = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 25_000, 50_000, 70_000, 88_750, 190_000, 200_000, 250_000, 270_000) },
  fc.integer({ min: 0, max: 1_000_000 }),
);

function taxNamed(index: number): fc.Arbitrary<Tax> {
  const common = fc.record({ included: fc.boolean(), compound: fc.boolean(), onPrevious: fc.boolean() });
  const percent = fc.record({ kind: fc.constant("percent" as const), ratePpm });
  const perUnit = fc.record({ units: fc.integer({ min: 0, max: 500 }), scale: fc.constantFrom(0, 2, 3) });
  const fixed = fc.record({ kind: fc.constant("fixed" as const), perUnit });
  const rate = fc.oneof({ weight: 5, arbitrary: percent }, fixed);
  return fc.tuple(common, rate).map(
    ([rules, kind]): Tax => ({
      tax: `tax-${index}` as TaxId,
      name: `Tax ${index}`,
      category: "S",
      jurisdiction: `J${index}`,
      ...rules,
      ...kind,
    }),
  );
}

/** Every way of listing taxes: in the price and on top of it, on each other, per piece. */
export const anyTaxes: fc.Arbitrary<readonly Tax[]> = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => taxNamed(index))));

/** What most shops have: two rates, both in the price or both on top. */
export const plainTaxes: fc.Arbitrary<readonly Tax[]> = fc
  .tuple(taxNamed(0), taxNamed(1), fc.tuple(ratePpm, ratePpm), fc.boolean())
  .map(([first, second, rates, included]) =>
    [first, second].map(
      (tax, index): Tax => ({
        ...taxFacts(tax),
        included,
        compound: false,
        kind: "percent",
        ratePpm: rates[index] as number,
      }),
    ),
  );

function taxFacts({ tax, name, category, jurisdiction, onPrevious }: Tax): Omit<Tax, "kind" | "included" | "compound"> {
  return { tax, name, category, jurisdiction, onPrevious };
}

export const anyCashRounding: fc.Arbitrary<CashRoundingRule> = fc.constantFrom(
  NO_CASH_ROUNDING,
  ...CASH_ROUNDING_RULES.map(({ rule }) => rule),
);

export const anyRules: fc.Arbitrary<PricingRules> = fc
  .record({
    currency: fc.constantFrom("EUR", "JPY", "KWD"),
    taxRounding: fc.constantFrom("line" as const, "document" as const),
    rounding: fc.constantFrom<Rounding>("half-away", "half-away", "half-even", "down"),
    cashRounding: anyCashRounding,
  })
  .map(({ currency, ...rules }) => testRules({ ...rules, currency: currencyCode(currency) }));

const anyDiscount: fc.Arbitrary<LineDiscount> = fc.oneof(
  fc.record({
    kind: fc.constant("percent" as const),
    percentPpm: fc.integer({ min: 1, max: 1_000_000 }),
    reason: fc.constant("loyal"),
  }),
  fc.record({
    kind: fc.constant("amount" as const),
    amount: fc.integer({ min: 1, max: 5_000 }).map(amount),
    reason: fc.constant("scratched"),
  }),
);

const anyOrderDiscount = anyDiscount as fc.Arbitrary<OrderDiscount>;

const anyQuantity = fc.oneof(
  fc.integer({ min: 1, max: 20 }).map((units) => ({ units, scale: 0, unit: "each" })),
  fc.integer({ min: 1, max: 5_000 }).map((units) => ({ units, scale: 3, unit: "kg" })),
);

/** A line that is sold, with some of the taxes. */
export function anySaleLine(line: number, taxes: readonly Tax[]): fc.Arbitrary<LineFacts> {
  return fc
    .record({
      quantity: anyQuantity,
      unitPrice: fc.record({
        units: fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 10_000_000 })),
        scale: fc.constantFrom(0, 2, 2, 2, 4),
        per: fc.constantFrom(1, 1, 1, 12, 100),
      }),
      discounts: fc.array(anyDiscount, { maxLength: 2 }),
      taxes: fc.subarray(taxes.map((tax) => tax.tax)),
      category: fc.constantFrom("food", "tools", null),
    })
    .map((facts) => testLine({ line, ...facts, stockQuantity: facts.quantity }));
}

/** A cart of goods that are sold, not yet paid. */
export function anyCart(taxes: fc.Arbitrary<readonly Tax[]> = anyTaxes): fc.Arbitrary<Cart> {
  return taxes.chain((list) =>
    fc
      .record({
        rules: anyRules,
        lines: fc
          .integer({ min: 1, max: 8 })
          .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => anySaleLine(index + 1, list)))),
        orderDiscounts: fc.array(anyOrderDiscount, { maxLength: 2 }),
      })
      .map((cart) => testCart(cart, list)),
  );
}

/** Settles a total in one of the ways customers do: cash to the coin, too much of it, a card, both. */
export function anyTenders(total: Amount, rule: CashRoundingRule): fc.Arbitrary<Tender[]> {
  if (total === 0) return fc.constant([]);
  return fc
    .record({ part: fc.integer({ min: 0, max: 1_000 }), over: fc.nat(10_000), way: fc.nat(3) })
    .map(({ part, over, way }) => {
      const byCard = amount(Math.trunc((total * part) / 1_000));
      if (way === 0) return [card(total)];
      const others = way === 1 || byCard === 0 ? [] : [card(byCard)];
      const { cashDue } = remainderOf(total, others, rule);
      const more = total > 0 && way === 3 ? Math.ceil(over / rule.increment) * rule.increment : 0;
      return [...others, cash(cashDue + more)];
    });
}

/** A completed sale of any cart. */
export function anySale(taxes: fc.Arbitrary<readonly Tax[]> = anyTaxes): fc.Arbitrary<Sale> {
  return anyCart(taxes).chain((cart) =>
    anyTenders(priceCart(cart).totals.total, cart.rules.cashRounding).map((tenders) => testSale({ ...cart, tenders })),
  );
}

/** A way to take a number of units back in parts that add up to it. */
export function anyPartition(units: number): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 1, max: Math.max(1, units - 1) }), { maxLength: 6 }).map((cuts) => {
    const places = [0, ...new Set(cuts.filter((cut) => cut < units)), units].sort((a, b) => a - b);
    return places.slice(1).map((place, index) => place - (places[index] as number));
  });
}

/** The same things in another order. */
export function shuffled<T>(things: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...things], { minLength: things.length, maxLength: things.length });
}
