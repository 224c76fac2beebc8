import fc from "fast-check";
import { expect } from "vitest";
import type { Uuid } from "../kernel/id.ts";
import { amount, sumBy } from "../money/amount.ts";
import { shuffled } from "../testing/arbitraries.ts";
import { TEST_NOW, testId } from "../testing/build.ts";
import { property, sayHowToRepeat } from "../testing/property.ts";
import { grantPromotions } from "./grant-promotions.ts";
import type { GoodsScope, PromotableLine, Promotion, PromotionRule } from "./promotion.ts";

sayHowToRepeat();

const CATEGORIES = ["bread", "drinks", "tools"];

const anyScope: fc.Arbitrary<GoodsScope> = fc.oneof(
  fc.constant<GoodsScope>({ kind: "everything" }),
  fc.subarray(CATEGORIES, { minLength: 1 }).map((categories): GoodsScope => ({ kind: "categories", categories })),
  fc.subarray([1, 2, 3]).map((ids): GoodsScope => ({ kind: "variants", variants: ids.map((id) => testId(id)) })),
);

const anyOff = fc.integer({ min: 0, max: 3_000 }).map(amount);
const anyPercent = fc.integer({ min: 0, max: 1_000_000 });
const anyUnits = fc.integer({ min: 1, max: 3 });

const anyRule: fc.Arbitrary<PromotionRule> = fc.oneof(
  fc.record({ kind: fc.constant("percent" as const), percentPpm: anyPercent }),
  fc.record({ kind: fc.constant("unit-amount" as const), amount: anyOff }),
  fc.record({ kind: fc.constant("amount" as const), amount: anyOff }),
  fc.record({ kind: fc.constant("buy-get" as const), buy: anyUnits, get: anyUnits, percentPpm: anyPercent }),
  fc.record({
    kind: fc.constant("bundle" as const),
    parts: fc.array(fc.record({ scope: anyScope, units: anyUnits }), { minLength: 1, maxLength: 3 }),
    price: anyOff,
  }),
);

function anyPromotion(number: number): fc.Arbitrary<Promotion> {
  return fc
    .record({
      rule: anyRule,
      scope: anyScope,
      spendMin: fc.constantFrom(null, amount(1_000)),
      timesMax: fc.constantFrom(null, 1, 2),
      priority: fc.nat(2),
      combinable: fc.boolean(),
    })
    .map((promotion) => ({
      ...promotion,
      promotion: testId<Uuid>(500 + number),
      name: `Promotion ${number}`,
      times: { from: null, to: null },
      customerGroups: null,
      coupon: null,
    }));
}

/** Goods are what they are wherever they are scanned: a variant has one price and one category. */
const anyLines: fc.Arbitrary<PromotableLine[]> = fc
  .array(fc.record({ goods: fc.integer({ min: 1, max: 4 }), pieces: fc.integer({ min: 1, max: 6 }) }), { maxLength: 7 })
  .map((scans) =>
    scans.map(({ goods, pieces }, index) => ({
      line: index + 1,
      variant: testId(goods),
      product: testId(goods + 10),
      category: CATEGORIES[goods % 3] as string,
      quantity: { units: pieces, scale: 0, unit: "each" },
      left: amount(pieces * goods * 333),
    })),
  );

const anyPromotions = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => anyPromotion(index))));

const OCCASION = { occasion: { at: TEST_NOW, customerGroups: [], coupons: [] }, rounding: "half-away" as const };

const anySituation = fc.record({ lines: anyLines, promotions: anyPromotions });

property(
  "no line is ever reduced below zero, and nothing is granted that is not a reduction",
  anySituation,
  (given) => {
    const granted = grantPromotions(given.lines, given.promotions, OCCASION);
    for (const line of given.lines) {
      const own = granted.filter((each) => each.line === line.line);
      expect(sumBy(own, (each) => each.amount)).toBeLessThanOrEqual(line.left);
      expect(own.every((each) => each.amount > 0)).toBe(true);
    }
  },
);

const reordered = anySituation.chain((given) =>
  fc.record({ given: fc.constant(given), lines: shuffled(given.lines), promotions: shuffled(given.promotions) }),
);

property("the order of scanning and of loading changes nothing for any goods", reordered, (again) => {
  const perGoods = (lines: readonly PromotableLine[], promotions: readonly Promotion[]): Map<string, number> => {
    const sums = new Map<string, number>();
    for (const grant of grantPromotions(lines, promotions, OCCASION)) {
      const goods = lines.find((line) => line.line === grant.line)?.variant as string;
      const key = `${goods} ${grant.promotion}`;
      sums.set(key, (sums.get(key) ?? 0) + grant.amount);
    }
    return sums;
  };
  const { given, lines, promotions } = again;
  const renumbered = lines.map((line, index) => ({ ...line, line: index + 1 }));
  const [a, b] = [perGoods(given.lines, given.promotions), perGoods(renumbered, promotions)];
  expect([...b].sort()).toEqual([...a].sort());
});

property("a promotion that does not combine shares no line with another", anySituation, ({ lines, promotions }) => {
  const granted = grantPromotions(lines, promotions, OCCASION);
  const single = new Set(promotions.filter((each) => !each.combinable).map((each) => each.promotion));
  for (const line of lines) {
    const own = granted.filter((each) => each.line === line.line);
    if (own.some((each) => single.has(each.promotion))) expect(own).toHaveLength(1);
  }
});

property("an unused coupon or another customer group grants nothing", anySituation, ({ lines, promotions }) => {
  const withCoupon = promotions.map((each) => ({ ...each, coupon: "SPRING" }));
  const forGroup = promotions.map((each) => ({ ...each, customerGroups: ["staff"] }));
  expect(grantPromotions(lines, withCoupon, OCCASION)).toEqual([]);
  expect(grantPromotions(lines, forGroup, OCCASION)).toEqual([]);
});

const bundleOfTwo = fc.record({
  dear: fc.integer({ min: 1, max: 2_000 }),
  cheap: fc.integer({ min: 1, max: 2_000 }),
  price: anyOff,
  pairs: fc.integer({ min: 1, max: 5 }),
});

property(
  "a bundle costs its price, or what its parts cost where that is less",
  bundleOfTwo,
  ({ dear, cheap, price, pairs }) => {
    const part = (line: number, category: string, each: number): PromotableLine => ({
      line,
      variant: testId(line),
      product: null,
      category,
      quantity: { units: pairs, scale: 0, unit: "each" },
      left: amount(each * pairs),
    });
    const rule: PromotionRule = {
      kind: "bundle",
      parts: ["bread", "drinks"].map((category) => ({
        scope: { kind: "categories", categories: [category] },
        units: 1,
      })),
      price,
    };
    const promotion: Promotion = {
      promotion: testId(1),
      name: "Lunch",
      rule,
      scope: { kind: "everything" },
      times: { from: null, to: null },
      customerGroups: null,
      coupon: null,
      spendMin: null,
      timesMax: null,
      priority: 0,
      combinable: true,
    };
    const lines = [part(1, "bread", dear), part(2, "drinks", cheap)];
    const off = sumBy(grantPromotions(lines, [promotion], OCCASION), (each) => each.amount);
    expect((dear + cheap) * pairs - off).toBe(Math.min(price, dear + cheap) * pairs);
  },
);
