import { type Amount, multiply } from "../money/amount.ts";
import { powerOfTenNumber } from "../money/decimal.ts";
import type { PromotableLine } from "./promotion.ts";

/** A line while promotions are granted one after another. */
export type OpenLine = {
  readonly facts: PromotableLine;
  left: Amount;
  /** Whole units that no `buy-get` and no bundle has used; none where the quantity is a weight between units. */
  freeUnits: number;
  readonly units: number;
  reduced: boolean;
  /** Reduced by a promotion that does not combine. */
  closed: boolean;
};

/** What a promotion does with a line: units it uses up, and what it takes off. */
export type Grant = { readonly line: OpenLine; readonly units: number; readonly off: Amount };

export function openLine(facts: PromotableLine): OpenLine {
  const perUnit = powerOfTenNumber(facts.quantity.scale);
  const isWhole = facts.quantity.units % perUnit === 0;
  const units = isWhole ? facts.quantity.units / perUnit : 0;
  return { facts, left: facts.left, freeUnits: units, units, reduced: false, closed: false };
}

/** An order that depends on the goods alone: who gets a spare cent must not depend on who was scanned first. */
export function byGoods(a: OpenLine, b: OpenLine): number {
  const [left, right] = [a.facts.variant ?? "~", b.facts.variant ?? "~"];
  if (left !== right) return left < right ? -1 : 1;
  return b.left - a.left || b.facts.quantity.units - a.facts.quantity.units || a.facts.line - b.facts.line;
}

/** What some of a line's units come to. */
export function shareOf(line: OpenLine, units: number): Amount {
  return multiply(line.left, { numerator: units, denominator: Math.max(line.units, 1) }, "half-away");
}

/** Lines with units to give, the dearest unit first; equally dear ones keep the order of the goods. */
export function dearestFirst(lines: readonly OpenLine[]): OpenLine[] {
  const unitValue = (a: OpenLine, b: OpenLine): bigint => BigInt(a.left) * BigInt(b.units);
  return lines
    .filter((line) => line.freeUnits > 0)
    .sort((a, b) => {
      const [left, right] = [unitValue(a, b), unitValue(b, a)];
      return left > right ? -1 : left < right ? 1 : 0;
    });
}
