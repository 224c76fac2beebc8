import { assert } from "../kernel/assert.ts";
import { type Amount, add, amountFromBigInt, subtract, ZERO } from "../money/amount.ts";
import { roundRatio } from "../money/rounding.ts";

/**
 * What a pool of goods is worth under moving weighted average. The unit cost is derived, never stored: rounding it first
 * loses cents. `units` may be negative; what was sold without being there is then worth its provisional cost.
 */
export type Pool = {
  /** In the variant's smallest unit. */
  readonly units: number;
  readonly value: Amount;
  /** The last known cost, for goods that are sold before they arrive. */
  readonly fallback: Fallback | null;
};

/** A unit cost as the exact ratio it came from: `value ÷ units`. */
export type Fallback = { readonly value: Amount; readonly units: number };

export const EMPTY_POOL: Pool = { units: 0, value: ZERO, fallback: null };

export type Issue = {
  readonly pool: Pool;
  readonly cost: Amount;
  /** Units that were not there; their cost is provisional until the next delivery. */
  readonly shortUnits: number;
};

/** Goods leave: at the pool's average while it lasts (the last unit takes the whole rest), beyond it at the provisional cost. */
export function issue(pool: Pool, units: number): Issue {
  assert(units >= 0, "an issue takes goods out");
  const available = Math.max(0, pool.units);
  const covered = Math.min(units, available);
  const shortUnits = units - covered;
  const known = averageOf(pool) ?? pool.fallback;
  const coveredCost = covered === 0 ? ZERO : costOf({ value: pool.value, units: pool.units }, covered);
  const cost = add(coveredCost, known === null ? ZERO : costOf(known, shortUnits));
  return {
    pool: { units: pool.units - units, value: subtract(pool.value, cost), fallback: known },
    cost,
    shortUnits,
  };
}

/** Goods come in at a known value: a delivery, or a return at its sale's cost. */
export function receive(pool: Pool, units: number, value: Amount): Pool {
  assert(units >= 0, "a receipt brings goods in");
  const next = { units: pool.units + units, value: add(pool.value, value), fallback: pool.fallback };
  return units === 0 ? next : { ...next, fallback: averageOf(next) ?? { value, units } };
}

function averageOf(pool: { units: number; value: Amount }): Fallback | null {
  return pool.units > 0 ? { value: pool.value, units: pool.units } : null;
}

function costOf(average: Fallback, units: number): Amount {
  if (units === 0) return ZERO;
  if (units === average.units) return average.value;
  return amountFromBigInt(roundRatio(BigInt(average.value) * BigInt(units), BigInt(average.units), "half-away"));
}
