import { describe, expect, test } from "vitest";
import type { ProductId, VariantId } from "../catalog/variant.ts";
import type { Day, Instant } from "../kernel/instant.ts";
import { amount } from "../money/amount.ts";
import type { CustomerId } from "../party/merchant.ts";
import { accepted, quantity, refused, TEST_NOW, testId } from "../testing/build.ts";
import { type Coupon, type CouponUse, checkCoupon } from "./coupon.ts";
import { grantPromotions } from "./grant-promotions.ts";
import {
  isSound,
  type PromotableLine,
  type Promotion,
  type PromotionOccasion,
  type PromotionRule,
  runningPromotions,
} from "./promotion.ts";

const promotion = (rule: PromotionRule, other: Partial<Promotion> = {}): Promotion => ({
  promotion: testId(500),
  name: "Spring",
  rule,
  scope: { kind: "everything" },
  times: { from: null, to: null },
  customerGroups: null,
  coupon: null,
  spendMin: null,
  timesMax: null,
  priority: 0,
  combinable: true,
  ...other,
});

const occasion = (other: Partial<PromotionOccasion> = {}): PromotionOccasion => ({
  at: TEST_NOW,
  customerGroups: [],
  coupons: [],
  ...other,
});

const line = (number: number, minor: number, other: Partial<PromotableLine> = {}): PromotableLine => ({
  line: number,
  variant: testId<VariantId>(number),
  product: testId<ProductId>(number + 10),
  category: "food",
  quantity: quantity("1"),
  left: amount(minor),
  ...other,
});

const offs = (
  lines: readonly PromotableLine[],
  promotions: readonly Promotion[],
  on = occasion(),
): Record<number, number> => {
  const sums: Record<number, number> = {};
  for (const { line: number, amount: off } of grantPromotions(lines, promotions, {
    occasion: on,
    rounding: "half-away",
  })) {
    sums[number] = (sums[number] ?? 0) + off;
  }
  return sums;
};

const TEN_PERCENT: PromotionRule = { kind: "percent", percentPpm: 100_000 };
const THREE_FOR_TWO: PromotionRule = { kind: "buy-get", buy: 2, get: 1, percentPpm: 1_000_000 };

describe("a promotion", () => {
  test("of a percentage leaves the rounded rest", () => {
    expect(offs([line(1, 8333)], [promotion({ kind: "percent", percentPpm: 500_000 })])).toEqual({ 1: 4166 });
  });

  test("of an amount a unit is given for every whole unit, down to nothing", () => {
    const rule: PromotionRule = { kind: "unit-amount", amount: amount(100) };
    expect(
      offs([line(1, 1500, { quantity: quantity("3") }), line(2, 150, { quantity: quantity("2") })], [promotion(rule)]),
    ).toEqual({ 1: 300, 2: 150 });
    expect(offs([line(1, 1500, { quantity: quantity("1.5", "kg") })], [promotion(rule)])).toEqual({});
  });

  test("of an amount for all goods together is shared out by what they cost", () => {
    const rule: PromotionRule = { kind: "amount", amount: amount(300) };
    expect(offs([line(1, 1200), line(2, 1100)], [promotion(rule)])).toEqual({ 1: 157, 2: 143 });
    expect(offs([line(1, 100), line(2, 50)], [promotion(rule)])).toEqual({ 1: 100, 2: 50 });
    expect(offs([], [promotion(rule)])).toEqual({});
  });

  test("of three for two makes the cheapest of each three free, the dearest three first", () => {
    const four = [line(1, 400), line(2, 300), line(3, 200), line(4, 100)];
    expect(offs(four, [promotion(THREE_FOR_TWO)])).toEqual({ 3: 200 });
    expect(offs([line(1, 3000, { quantity: quantity("7") })], [promotion(THREE_FOR_TWO)])).toEqual({ 1: 857 });
    expect(offs(four.slice(2), [promotion(THREE_FOR_TWO)])).toEqual({});
  });

  test("of one and one half off reduces, and frees nothing", () => {
    const rule: PromotionRule = { kind: "buy-get", buy: 1, get: 1, percentPpm: 500_000 };
    expect(offs([line(1, 400), line(2, 300)], [promotion(rule)])).toEqual({ 2: 150 });
  });

  test("of sets is granted so many times at most", () => {
    const nine = [line(1, 900, { quantity: quantity("9") })];
    expect(offs(nine, [promotion(THREE_FOR_TWO)])).toEqual({ 1: 300 });
    expect(offs(nine, [promotion(THREE_FOR_TWO, { timesMax: 1 })])).toEqual({ 1: 100 });
  });

  test("counts pieces, never kilograms in between", () => {
    const cheese = line(1, 900, { quantity: quantity("2.500", "kg") });
    expect(offs([cheese], [promotion({ ...THREE_FOR_TWO, buy: 1 })])).toEqual({});
  });

  test("uses each piece for one set only", () => {
    const six = [line(1, 600, { quantity: quantity("3") })];
    const twice = [promotion(THREE_FOR_TWO), promotion(THREE_FOR_TWO, { promotion: testId(501) })];
    expect(offs(six, twice)).toEqual({ 1: 200 });
  });
});

describe("a bundle", () => {
  const food = (units: number) => ({ scope: { kind: "categories" as const, categories: ["food"] }, units });
  const drink = (units: number) => ({ scope: { kind: "categories" as const, categories: ["drink"] }, units });
  const lunch: PromotionRule = { kind: "bundle", parts: [food(1), drink(1)], price: amount(500) };
  const bottle = (number: number, minor: number, pieces = "1") =>
    line(number, minor, { category: "drink", quantity: quantity(pieces) });

  test("costs its price, whatever its parts cost", () => {
    expect(offs([line(1, 450), bottle(2, 250)], [promotion(lunch)])).toEqual({ 1: 129, 2: 71 });
  });

  test("is granted as often as its parts are there, the dearest first", () => {
    const goods = [line(1, 900, { quantity: quantity("2") }), bottle(2, 250), bottle(3, 300)];
    expect(offs(goods, [promotion(lunch, { timesMax: 1 })])).toEqual({ 1: 150, 3: 100 });
    expect(Object.values(offs(goods, [promotion(lunch)])).reduce((a, b) => a + b)).toBe(1450 - 1000);
  });

  test("is not granted where the parts cost less by themselves, or are not there", () => {
    expect(offs([line(1, 200), bottle(2, 250)], [promotion(lunch)])).toEqual({});
    expect(offs([line(1, 900)], [promotion(lunch)])).toEqual({});
    expect(offs([line(1, 900), line(2, 900, { category: null })], [promotion(lunch)])).toEqual({});
  });

  test("stops at the one that would save nothing", () => {
    const goods = [line(1, 600), line(2, 100), bottle(3, 300), bottle(4, 50)];
    expect(offs(goods, [promotion(lunch)])).toEqual({ 1: 267, 3: 133 });
  });

  test("lets narrow parts choose before wide ones", () => {
    const any = { scope: { kind: "everything" as const }, units: 1 };
    const rule: PromotionRule = { kind: "bundle", parts: [any, drink(1)], price: amount(500) };
    expect(offs([line(1, 400), bottle(2, 700)], [promotion(rule)])).toEqual({ 1: 218, 2: 382 });
  });

  test("of parts that want the same pieces is granted only where they suffice", () => {
    const rule: PromotionRule = { kind: "bundle", parts: [food(1), food(1)], price: amount(100) };
    expect(offs([line(1, 400)], [promotion(rule)])).toEqual({});
    expect(offs([line(1, 400), line(2, 300)], [promotion(rule)])).toEqual({ 1: 343, 2: 257 });
  });
});

describe("promotions together", () => {
  const half: PromotionRule = { kind: "percent", percentPpm: 500_000 };
  const first = (other: Partial<Promotion> = {}) =>
    promotion(TEN_PERCENT, { promotion: testId(501), priority: 2, ...other });
  const second = (other: Partial<Promotion> = {}) => promotion(half, { promotion: testId(502), priority: 1, ...other });

  test("apply one after another, the higher priority first", () => {
    expect(offs([line(1, 1000)], [second(), first()])).toEqual({ 1: 100 + 450 });
  });

  test("exclude each other where either does not combine", () => {
    expect(offs([line(1, 1000)], [first({ combinable: false }), second()])).toEqual({ 1: 100 });
    expect(offs([line(1, 1000)], [first(), second({ combinable: false })])).toEqual({ 1: 100 });
    expect(
      offs(
        [line(1, 1000), line(2, 1000)],
        [first({ combinable: false, scope: { kind: "variants", variants: [testId(1)] } }), second()],
      ),
    ).toEqual({
      1: 100,
      2: 500,
    });
  });

  test("that grant nothing close no line", () => {
    const nothing = promotion(
      { kind: "percent", percentPpm: 0 },
      { promotion: testId(500), priority: 9, combinable: false },
    );
    expect(offs([line(1, 1000)], [nothing, first()])).toEqual({ 1: 100 });
  });

  test("of one priority go by id, so that loading them in another order changes nothing", () => {
    const [a, b] = [first({ priority: 0 }), second({ priority: 0 })];
    const inOrder = (promotions: Promotion[]) =>
      runningPromotions(promotions, occasion()).map((each) => each.promotion);
    expect(inOrder([b, a])).toEqual(inOrder([a, b]));
  });

  test("ask for what is spent on their goods before them", () => {
    const rich = promotion(TEN_PERCENT, {
      spendMin: amount(2000),
      scope: { kind: "categories", categories: ["food"] },
    });
    expect(offs([line(1, 1999), line(2, 500, { category: "tools" })], [rich])).toEqual({});
    expect(offs([line(1, 1999), line(2, 1)], [rich])).toEqual({ 1: 200 });
  });
});

describe("the goods of a promotion", () => {
  const only = (scope: Promotion["scope"]) =>
    Object.keys(
      offs(
        [line(1, 100), line(2, 100, { category: null, product: null, variant: null })],
        [promotion(TEN_PERCENT, { scope })],
      ),
    );

  test("are all, some variants, some products or some categories", () => {
    expect(only({ kind: "everything" })).toEqual(["1", "2"]);
    expect(only({ kind: "variants", variants: [testId(1)] })).toEqual(["1"]);
    expect(only({ kind: "variants", variants: [testId(9)] })).toEqual([]);
    expect(only({ kind: "products", products: [testId(11)] })).toEqual(["1"]);
    expect(only({ kind: "products", products: [testId(19)] })).toEqual([]);
    expect(only({ kind: "categories", categories: ["food"] })).toEqual(["1"]);
    expect(only({ kind: "categories", categories: ["tools"] })).toEqual([]);
    expect(() => only({ kind: "unheard-of" } as never)).toThrow("unreachable");
  });
});

describe("the times of a promotion", () => {
  // A Monday, at ten past six in the morning by the branch's clock.
  const on = (times: Partial<Promotion["times"]>, at: Instant = TEST_NOW): boolean =>
    runningPromotions([promotion(TEN_PERCENT, { times: { from: null, to: null, ...times } })], occasion({ at }))
      .length === 1;
  const at = (time: string): Instant => `2026-11-24T${time}:00.000+02:00` as Instant;

  test("are between two days", () => {
    expect(on({ from: "2026-11-23" as Day })).toBe(true);
    expect(on({ from: "2026-11-24" as Day })).toBe(false);
    expect(on({ to: "2026-11-23" as Day })).toBe(false);
  });

  test("are on some days of the week", () => {
    expect(on({ weekdays: [1] })).toBe(true);
    expect(on({ weekdays: [0, 2, 3, 4, 5, 6] })).toBe(false);
  });

  test("are from one hour to another", () => {
    const hours = { from: "06:00", to: "06:30" };
    expect(on({ hours })).toBe(true);
    expect(on({ hours: { from: "06:11", to: "07:00" } })).toBe(false);
    expect(on({ hours: { from: "05:00", to: "06:10" } })).toBe(false);
    expect(on({ hours, weekdays: [2] })).toBe(false);
  });

  test("may run past midnight, into the day after the one they belong to", () => {
    const night = { hours: { from: "22:00", to: "02:00" }, weekdays: [1] };
    expect(on(night, "2026-11-23T22:30:00.000+02:00" as Instant)).toBe(true);
    expect(on(night, at("01:30"))).toBe(true);
    expect(on(night, at("02:00"))).toBe(false);
    expect(on(night, at("22:30"))).toBe(false);
    expect(on({ hours: night.hours }, at("22:30"))).toBe(true);
  });
});

test("some customers only, with a coupon only", () => {
  const staff = promotion(TEN_PERCENT, { customerGroups: ["staff", "friends"], coupon: "SPRING" });
  expect(runningPromotions([staff], occasion({ customerGroups: ["friends"], coupons: ["SPRING"] }))).toHaveLength(1);
  expect(runningPromotions([staff], occasion({ customerGroups: ["friends"] }))).toHaveLength(0);
  expect(runningPromotions([staff], occasion({ coupons: ["SPRING"] }))).toHaveLength(0);
});

test.each<[PromotionRule, boolean]>([
  [TEN_PERCENT, true],
  [{ kind: "percent", percentPpm: 1_000_001 }, false],
  [{ kind: "percent", percentPpm: -1 }, false],
  [{ kind: "percent", percentPpm: 0.5 }, false],
  [{ kind: "amount", amount: amount(-1) }, false],
  [{ kind: "unit-amount", amount: amount(0) }, true],
  [{ ...THREE_FOR_TWO, buy: 0 }, false],
  [{ ...THREE_FOR_TWO, get: 0.5 }, false],
  [{ ...THREE_FOR_TWO, percentPpm: 2_000_000 }, false],
  [{ kind: "bundle", parts: [], price: amount(1) }, false],
  [{ kind: "bundle", parts: [{ scope: { kind: "everything" }, units: 0 }], price: amount(1) }, false],
  [{ kind: "bundle", parts: [{ scope: { kind: "everything" }, units: 1 }], price: amount(-1) }, false],
  [{ kind: "bundle", parts: [{ scope: { kind: "everything" }, units: 1 }], price: amount(0) }, true],
])("the rule %j can be followed: %s, and grants nothing where it cannot", (rule, expected) => {
  expect(isSound(rule)).toBe(expected);
  if (!expected) expect(offs([line(1, 1000, { quantity: quantity("6") })], [promotion(rule)])).toEqual({});
});

test("a rule that nobody knows is a bug", () => {
  expect(() => isSound({ kind: "lottery" } as never)).toThrow("unreachable");
});

describe("a coupon", () => {
  const coupon = (other: Partial<Coupon> = {}): Coupon => ({
    coupon: "SPRING",
    from: null,
    to: null,
    usesMax: null,
    usesPerCustomerMax: null,
    customer: null,
    ...other,
  });
  const use = (other: Partial<CouponUse> = {}): CouponUse => ({
    at: TEST_NOW,
    customer: null,
    uses: 0,
    usesByCustomer: 0,
    ...other,
  });
  const ada = testId<CustomerId>(70);

  test("holds however it is typed", () => {
    expect(accepted(checkCoupon(" spring ", [coupon()], use()))).toEqual(coupon());
    const limited = coupon({
      usesMax: 2,
      usesPerCustomerMax: 1,
      customer: ada,
      from: "2026-11-23" as Day,
      to: "2026-11-24" as Day,
    });
    expect(accepted(checkCoupon("SPRING", [limited], use({ customer: ada, uses: 1 }))).coupon).toBe("SPRING");
  });

  test.each<[string, string, Partial<Coupon>, Partial<CouponUse>, string]>([
    ["one that nobody knows", "SUMMER", {}, {}, "unknown-coupon"],
    ["one that begins tomorrow", "SPRING", { from: "2026-11-24" as Day }, {}, "not-yet"],
    ["one that ended yesterday", "SPRING", { to: "2026-11-23" as Day }, {}, "expired"],
    ["one that is used up", "SPRING", { usesMax: 5 }, { uses: 5 }, "used-up"],
    ["a personal one without its customer", "SPRING", { customer: ada }, {}, "customer-needed"],
    ["one per customer without any", "SPRING", { usesPerCustomerMax: 1 }, {}, "customer-needed"],
    ["somebody else's", "SPRING", { customer: ada }, { customer: testId<CustomerId>(71) }, "other-customer"],
    [
      "one that the customer has used",
      "SPRING",
      { usesPerCustomerMax: 1 },
      { customer: ada, usesByCustomer: 1 },
      "used-by-customer",
    ],
  ])("is refused: %s", (_what, code, of, on, refusal) => {
    expect(refused(checkCoupon(code, [coupon(of)], use(on)))).toBe(refusal);
  });
});
