import { assert } from "../kernel/assert.ts";
import { type Amount, add, amount, subtract, sumBy, ZERO } from "../money/amount.ts";
import {
  type Correction,
  type Costed,
  type CostMethod,
  costOf,
  type Issued,
  type Received,
  type Shortage,
  settleShortages,
} from "./cost-method.ts";

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
  /** Which issues a negative pool consists of, oldest first. Where nobody keeps them, the pool's own figures stand for one. */
  readonly shortages?: readonly Shortage[];
};

/** A unit cost as the exact ratio it came from: `value ÷ units`. */
export type Fallback = Costed;

export const EMPTY_POOL: Pool = { units: 0, value: ZERO, fallback: null };

export type Issue = {
  readonly pool: Pool;
  readonly cost: Amount;
  /** Units that were not there; their cost is provisional until the next delivery. */
  readonly shortUnits: number;
};

/**
 * Goods leave: at the pool's average while it lasts (the last unit takes the whole rest), beyond it at the provisional cost.
 * @param document names the issue on its shortage, so that a later correction finds it
 */
export function issue(pool: Pool, units: number, document = ""): Issue {
  assert(units >= 0, "an issue takes goods out");
  const covered = Math.min(units, Math.max(0, pool.units));
  const shortUnits = units - covered;
  const known = averageOf(pool) ?? pool.fallback;
  const shortCost = known === null ? ZERO : costOf(known, shortUnits);
  const cost = covered === 0 ? shortCost : add(costOf(pool, covered), shortCost);
  const next = { units: pool.units - units, value: subtract(pool.value, cost), fallback: known };
  if (shortUnits === 0) return { pool: next, cost, shortUnits };
  const shortages = [...shortagesOf(pool), { issue: document, units: shortUnits, cost: shortCost }];
  return { pool: { ...next, shortages }, cost, shortUnits };
}

/**
 * Goods come in and their value simply joins the pool's: for whoever posts no corrections. What they differ from the
 * provisional cost of goods sold before stays in the pool's average; `deliver` takes it out.
 */
export function receive(pool: Pool, units: number, value: Amount): Pool {
  assert(units >= 0, "a delivery brings goods in");
  const next = { units: pool.units + units, value: add(pool.value, value) };
  return { ...next, fallback: units === 0 ? pool.fallback : (averageOf(next) ?? { value, units }) };
}

/**
 * Goods come in, and correct the cost of those that were sold before: `correction = settled units × (actual − provisional)`.
 * With zero units only the value changes, as by freight that is invoiced later.
 */
export function deliver(
  pool: Pool,
  units: number,
  value: Amount,
): { readonly pool: Pool; readonly corrections: readonly Correction[] } {
  assert(units >= 0, "a delivery brings goods in");
  const { open, corrections } = settleShortages(shortagesOf(pool), { units, value });
  const corrected = sumBy(corrections, (correction) => correction.amount);
  const next = { units: pool.units + units, value: subtract(add(pool.value, value), corrected) };
  const fallback = units === 0 ? pool.fallback : (averageOf(next) ?? { value, units });
  return { pool: open.length === 0 ? { ...next, fallback } : { ...next, fallback, shortages: open }, corrections };
}

/** What units are worth as the pool stands, without moving any: at its average, else at its last known cost. */
export function worthOf(pool: Pool, units: number): Amount {
  const known = averageOf(pool) ?? pool.fallback;
  return known === null ? ZERO : costOf(known, units);
}

function averageOf(pool: Costed): Costed | null {
  return pool.units > 0 ? { value: pool.value, units: pool.units } : null;
}

function shortagesOf(pool: Pool): readonly Shortage[] {
  if (pool.units >= 0) return [];
  return pool.shortages ?? [{ issue: "", units: -pool.units, cost: amount(-pool.value) }];
}

/** Moving weighted average per branch and variant: the method every merchant starts with. */
export const WEIGHTED_AVERAGE: CostMethod<Pool> = {
  method: "weighted-average",
  empty: EMPTY_POOL,
  kept: ({ units, value }) => ({ units, value }),
  assume: (pool, fallback) => ({ state: { ...pool, fallback }, corrections: [], variance: ZERO }),
  receive: (pool, { units, value }) => received(deliver(pool, units, value)),
  issue: (pool, { units, issue: document }) => issued(issue(pool, units, document)),
  takeBack: (pool, { units, value }) => received(deliver(pool, units, value)),
  sendBack: (pool, { units, delivery }) => issued(issue(pool, units, delivery)),
};

function received({ pool, corrections }: ReturnType<typeof deliver>): Received<Pool> {
  return { state: pool, corrections, variance: ZERO };
}

function issued({ pool, cost, shortUnits }: Issue): Issued<Pool> {
  return { state: pool, cost, shortUnits };
}
