import { allocate } from "../money/allocate.ts";
import { type Amount, amount, sum } from "../money/amount.ts";
import { dearestFirst, type Grant, type OpenLine, shareOf } from "./open-line.ts";
import { type BundlePart, isInScope, type PromotionRule } from "./promotion.ts";

type BundleRule = PromotionRule & { readonly kind: "bundle" };

/** Units that some number of bundles take from each line, and what those units come to. */
type Taken = {
  readonly units: ReadonlyMap<OpenLine, number>;
  readonly shares: readonly Amount[];
  readonly gain: number;
};

/**
 * As many bundles as save the customer most: each is made of the dearest units there are, so that every further one saves
 * less, and the search ends where one saves nothing.
 */
export function bestBundles(rule: BundleRule, lines: readonly OpenLine[], timesMax: number | null): Grant[] {
  const row = dearestFirst(lines);
  let enough = 0;
  let tooMany = Math.min(timesMax ?? Number.POSITIVE_INFINITY, mostBundles(rule, row)) + 1;
  while (tooMany - enough > 1) {
    const middle = Math.floor((enough + tooMany) / 2);
    if (gainOf(rule, row, middle) > gainOf(rule, row, middle - 1)) enough = middle;
    else tooMany = middle;
  }
  const taken = take(rule, row, enough);
  if (taken === null || taken.gain <= 0) return [];
  const offs = allocate(amount(taken.gain), taken.shares);
  return [...taken.units].map(([line, units], index) => ({ line, units, off: offs[index] as Amount }));
}

function mostBundles({ parts }: BundleRule, row: readonly OpenLine[]): number {
  const most = parts.map((part) => Math.floor(unitsFor(part, row) / part.units));
  return most.length === 0 ? 0 : Math.min(...most);
}

function unitsFor(part: BundlePart, row: readonly OpenLine[]): number {
  return row.reduce((units, line) => units + (isInScope(line.facts, part.scope) ? line.freeUnits : 0), 0);
}

function gainOf(rule: BundleRule, row: readonly OpenLine[], times: number): number {
  return take(rule, row, times)?.gain ?? Number.NEGATIVE_INFINITY;
}

/** Null where the units do not suffice. Parts that fewest units fit choose first, so that no wider part takes theirs. */
function take(rule: BundleRule, row: readonly OpenLine[], times: number): Taken | null {
  const units = new Map<OpenLine, number>();
  const parts = rule.parts.toSorted((a, b) => unitsFor(a, row) - unitsFor(b, row));
  for (const part of parts) {
    let wanted = part.units * times;
    for (const line of row) {
      if (!isInScope(line.facts, part.scope)) continue;
      const used = units.get(line) ?? 0;
      const taken = Math.min(wanted, line.freeUnits - used);
      if (taken > 0) units.set(line, used + taken);
      wanted -= taken;
    }
    if (wanted > 0) return null;
  }
  const shares = [...units].map(([line, taken]) => shareOf(line, taken));
  return { units, shares, gain: sum(shares) - rule.price * times };
}
