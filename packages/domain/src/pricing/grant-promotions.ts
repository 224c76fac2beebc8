import { unreachable } from "../kernel/assert.ts";
import { allocate } from "../money/allocate.ts";
import { type Amount, amount, subtract, sumBy } from "../money/amount.ts";
import type { Rounding } from "../money/rounding.ts";
import { bestBundles } from "./bundle.ts";
import { percentOff } from "./line-amount.ts";
import { byGoods, dearestFirst, type Grant, type OpenLine, openLine, shareOf } from "./open-line.ts";
import {
  type GrantedDiscount,
  isInScope,
  type PromotableLine,
  type Promotion,
  type PromotionOccasion,
  runningPromotions,
} from "./promotion.ts";

/**
 * What promotions take off the lines of a cart. The same goods give the same discounts in whatever order they were
 * scanned; no line ever falls below zero.
 */
export function grantPromotions(
  lines: readonly PromotableLine[],
  promotions: readonly Promotion[],
  { occasion, rounding }: { readonly occasion: PromotionOccasion; readonly rounding: Rounding },
): GrantedDiscount[] {
  const open = lines
    .filter((line) => line.left > 0)
    .map(openLine)
    .sort(byGoods);
  const granted: GrantedDiscount[] = [];
  for (const promotion of runningPromotions(promotions, occasion)) {
    const eligible = open.filter((line) => isEligible(line, promotion));
    const spent = sumBy(eligible, (line) => line.left);
    if (promotion.spendMin !== null && spent < promotion.spendMin) continue;
    for (const { line, units, off } of grantsOf(promotion, eligible, rounding)) {
      if (off === 0 && units === 0) continue;
      line.left = subtract(line.left, off);
      line.freeUnits -= units;
      line.reduced = true;
      line.closed ||= !promotion.combinable;
      if (off > 0) {
        granted.push({ line: line.facts.line, promotion: promotion.promotion, name: promotion.name, amount: off });
      }
    }
  }
  return granted;
}

function isEligible(line: OpenLine, promotion: Promotion): boolean {
  if (line.left <= 0 || line.closed || (line.reduced && !promotion.combinable)) return false;
  if (promotion.rule.kind !== "bundle") return isInScope(line.facts, promotion.scope);
  return promotion.rule.parts.some((part) => isInScope(line.facts, part.scope));
}

function grantsOf({ rule, timesMax }: Promotion, lines: readonly OpenLine[], rounding: Rounding): Grant[] {
  switch (rule.kind) {
    case "percent":
      return lines.map((line) => ({ line, units: 0, off: percentOff(line.left, rule.percentPpm, rounding).discount }));
    case "unit-amount":
      return lines.map((line) => ({ line, units: 0, off: amount(Math.min(line.left, rule.amount * line.units)) }));
    case "amount":
      return amountGrants(rule.amount, lines);
    case "buy-get":
      return buyGetGrants(rule, lines, { timesMax, rounding });
    case "bundle":
      return bestBundles(rule, lines, timesMax);
    default:
      return unreachable(rule);
  }
}

function amountGrants(off: Amount, lines: readonly OpenLine[]): Grant[] {
  if (lines.length === 0) return [];
  const weights = lines.map((line) => line.left);
  const whole = amount(
    Math.min(
      off,
      sumBy(lines, (line) => line.left),
    ),
  );
  return allocate(whole, weights).map((part, index) => ({ line: lines[index] as OpenLine, units: 0, off: part }));
}

/**
 * Units in a row from the dearest to the cheapest, cut into sets of `buy + get`: the last `get` of each set are reduced.
 * That is what a customer gets who pays for each set by itself, so nobody has to split a purchase.
 */
function buyGetGrants(
  { buy, get, percentPpm }: { readonly buy: number; readonly get: number; readonly percentPpm: number },
  lines: readonly OpenLine[],
  { timesMax, rounding }: { readonly timesMax: number | null; readonly rounding: Rounding },
): Grant[] {
  const row = dearestFirst(lines);
  const total = row.reduce((sum, line) => sum + line.freeUnits, 0);
  const set = buy + get;
  const sets = Math.min(Math.floor(total / set), timesMax ?? Number.POSITIVE_INFINITY);
  const reducedBefore = (place: number): number => {
    const within = Math.min(place, sets * set);
    return Math.floor(within / set) * get + Math.max(0, (within % set) - buy);
  };
  const grants: Grant[] = [];
  let place = 0;
  for (const line of row) {
    const next = place + line.freeUnits;
    const reduced = reducedBefore(next) - reducedBefore(place);
    const units = Math.max(0, Math.min(next, sets * set) - place);
    if (units > 0) grants.push({ line, units, off: percentOff(shareOf(line, reduced), percentPpm, rounding).discount });
    place = next;
  }
  return grants;
}
