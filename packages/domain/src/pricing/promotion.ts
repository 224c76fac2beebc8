import type { ProductId, Quantity, VariantId } from "../catalog/variant.ts";
import { unreachable } from "../kernel/assert.ts";
import type { Uuid } from "../kernel/id.ts";
import { type Day, type Instant, isWithin, localDay, weekday } from "../kernel/instant.ts";
import type { Amount } from "../money/amount.ts";

/** Which goods a promotion is about. */
export type GoodsScope =
  | { readonly kind: "everything" }
  | { readonly kind: "variants"; readonly variants: readonly VariantId[] }
  | { readonly kind: "products"; readonly products: readonly ProductId[] }
  | { readonly kind: "categories"; readonly categories: readonly string[] };

/** When it runs: between two moments, on some days of the week (0 is Sunday), from one local time to another (`17:00`). */
export type PromotionTimes = {
  readonly from: Instant | Day | null;
  readonly to: Instant | Day | null;
  readonly weekdays?: readonly number[];
  readonly hours?: { readonly from: string; readonly to: string };
};

export type PromotionRule =
  | { readonly kind: "percent"; readonly percentPpm: number }
  /** So much off every whole unit. */
  | { readonly kind: "unit-amount"; readonly amount: Amount }
  /** So much off all of the goods together. */
  | { readonly kind: "amount"; readonly amount: Amount }
  /** Of every `buy + get` units the cheapest `get` are reduced; 1 000 000 makes them free. */
  | { readonly kind: "buy-get"; readonly buy: number; readonly get: number; readonly percentPpm: number }
  /** One of each part for a price together. */
  | { readonly kind: "bundle"; readonly parts: readonly BundlePart[]; readonly price: Amount };

export type BundlePart = { readonly scope: GoodsScope; readonly units: number };

/** A rule that grants discounts by itself. */
export type Promotion = {
  readonly promotion: Uuid;
  readonly name: string;
  readonly rule: PromotionRule;
  readonly scope: GoodsScope;
  readonly times: PromotionTimes;
  /** Only for customers of one of these groups; null for everybody. */
  readonly customerGroups: readonly string[] | null;
  /** Only with this code; null without. */
  readonly coupon: string | null;
  /** Only when the goods in scope come to this much before it. */
  readonly spendMin: Amount | null;
  /** Times in one sale that a `buy-get` or a bundle is granted; null without limit. */
  readonly timesMax: number | null;
  /** Higher goes first; equal ones by id, so that the order in which they were loaded never matters. */
  readonly priority: number;
  /** Whether it may reduce a line that another one has reduced, and the other way round. */
  readonly combinable: boolean;
};

/** A line as promotions see it. */
export type PromotableLine = {
  readonly line: number;
  readonly variant: VariantId | null;
  readonly product: ProductId | null;
  readonly category: string | null;
  readonly quantity: Quantity;
  /** What the line comes to before any promotion; above 0. */
  readonly left: Amount;
};

export type PromotionOccasion = {
  readonly at: Instant;
  readonly customerGroups: readonly string[];
  /** Codes that were given and hold (`checkCoupon`). */
  readonly coupons: readonly string[];
};

/** What one promotion takes off one line. */
export type GrantedDiscount = {
  readonly line: number;
  readonly promotion: Uuid;
  readonly name: string;
  /** Above 0, and never more than is left of the line. */
  readonly amount: Amount;
};

/** The promotions that run on an occasion, in the order in which they apply. */
export function runningPromotions(promotions: readonly Promotion[], occasion: PromotionOccasion): Promotion[] {
  return promotions.filter((promotion) => isSound(promotion.rule) && runs(promotion, occasion)).sort(byPriority);
}

/** Whether a rule can be followed at all. One that cannot grants nothing: a slip in the back office must not stop a till. */
export function isSound(rule: PromotionRule): boolean {
  switch (rule.kind) {
    case "percent":
      return isPercentage(rule.percentPpm);
    case "unit-amount":
    case "amount":
      return rule.amount >= 0;
    case "buy-get":
      return isCount(rule.buy) && isCount(rule.get) && isPercentage(rule.percentPpm);
    case "bundle":
      return rule.price >= 0 && rule.parts.length > 0 && rule.parts.every((part) => isCount(part.units));
    default:
      return unreachable(rule);
  }
}

function isPercentage(ppm: number): boolean {
  return Number.isInteger(ppm) && ppm >= 0 && ppm <= 1_000_000;
}

function isCount(units: number): boolean {
  return Number.isSafeInteger(units) && units > 0;
}

function runs({ times, customerGroups, coupon }: Promotion, occasion: PromotionOccasion): boolean {
  if (coupon !== null && !occasion.coupons.includes(coupon)) return false;
  if (customerGroups !== null && !customerGroups.some((group) => occasion.customerGroups.includes(group))) return false;
  return isOn(times, occasion.at);
}

/** Hours that end before they begin run past midnight, and belong to the day on which they began. */
function isOn({ from, to, weekdays, hours }: PromotionTimes, at: Instant): boolean {
  if (!isWithin(at, from, to)) return false;
  const time = at.slice(11, 16);
  const today = weekday(localDay(at));
  const onDay = (day: number): boolean => weekdays === undefined || weekdays.includes(day);
  if (hours === undefined) return onDay(today);
  if (hours.from < hours.to) return onDay(today) && hours.from <= time && time < hours.to;
  return (onDay(today) && hours.from <= time) || (onDay((today + 6) % 7) && time < hours.to);
}

function byPriority(a: Promotion, b: Promotion): number {
  return b.priority - a.priority || (a.promotion < b.promotion ? -1 : 1);
}

export function isInScope(line: PromotableLine, scope: GoodsScope): boolean {
  switch (scope.kind) {
    case "everything":
      return true;
    case "variants":
      return line.variant !== null && scope.variants.includes(line.variant);
    case "products":
      return line.product !== null && scope.products.includes(line.product);
    case "categories":
      return line.category !== null && scope.categories.includes(line.category);
    default:
      return unreachable(scope);
  }
}
