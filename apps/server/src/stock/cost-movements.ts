import type { VariantId } from "@holdfast/domain/catalog/variant";
import { present } from "@holdfast/domain/kernel/assert";
import { type Amount, add, amountFromBigInt, ZERO } from "@holdfast/domain/money/amount";
import { rescale } from "@holdfast/domain/money/decimal";
import { roundRatio } from "@holdfast/domain/money/rounding";
import type { Correction } from "@holdfast/domain/stock/cost-method";
import type { StockMovement } from "@holdfast/domain/stock/movement";
import { deliver, issue, type Pool, receive } from "@holdfast/domain/stock/valuation";
import type { CostedMovement, LinePlace, PoolKey, PoolRow, SoldLine } from "../sync/ingest-store.ts";

type Incoming = {
  readonly units: number;
  readonly original: LinePlace | undefined;
  readonly value: Amount | undefined;
  readonly cause: StockMovement["cause"];
};

/** Everything a batch moves is costed in the order of its acceptance, pool by pool. */
export class CostSheet {
  readonly #pools = new Map<string, PoolRow>();
  readonly #touched = new Set<string>();
  readonly #sold = new Map<string, SoldLine>();
  readonly #oversold = new Map<string, PoolRow>();

  constructor(pools: readonly PoolRow[], sold: readonly SoldLine[]) {
    for (const row of pools) this.#pools.set(poolKey(row), row);
    for (const line of sold) this.#sold.set(soldKey(line), line);
  }

  knows(key: PoolKey): boolean {
    return this.#pools.has(poolKey(key));
  }

  /** @param original the line goods come back from, whose cost they had */
  cost(
    movement: StockMovement & { readonly value?: Amount },
    occurredAt: string,
    original: LinePlace | undefined,
  ): CostedMovement {
    const key = poolKey(movement);
    const row = present(this.#pools.get(key), `INV-10 the pool of ${key} is not locked`);
    const units = rescale(movement, row.scale, "half-away").units;
    const { pool, cost, corrections } =
      units < 0
        ? { ...issue(row.pool, -units), corrections: [] }
        : this.#takeIn(row, { units, original, value: movement.value, cause: movement.cause });
    const after = { ...row, pool };
    this.#pools.set(key, after);
    this.#touched.add(key);
    if (units < 0 && pool.units < 0) this.#oversold.set(key, after);
    this.#remember({
      sale: movement.document,
      line: movement.line,
      variant: movement.variant,
      cost,
      units: Math.abs(units),
    });
    return { ...movement, units, scale: row.scale, cost, corrections, occurredAt };
  }

  /** What is on hand; the balance is published again even where nothing comes of looking at it. */
  see(key: PoolKey): { readonly units: number; readonly scale: number } {
    const row = present(this.#pools.get(poolKey(key)), `INV-10 the pool of ${poolKey(key)} is not locked`);
    this.#touched.add(poolKey(key));
    return { units: row.pool.units, scale: row.scale };
  }

  touched(): PoolRow[] {
    return [...this.#touched].sort().map((key) => present(this.#pools.get(key), `INV-10 ${key} was costed`));
  }

  oversold(): PoolRow[] {
    return [...this.#oversold.values()];
  }

  /** A delivery shows what goods that were sold before it really cost; whatever else comes in says nothing of that. */
  #takeIn(
    row: PoolRow,
    { units, original, value, cause }: Incoming,
  ): { pool: Pool; cost: Amount; corrections: readonly Correction[] } {
    const cost = value ?? this.#costOfReturned(row, units, original);
    if (cause !== "delivery") return { pool: receive(row.pool, units, cost), cost, corrections: [] };
    return { ...deliver(row.pool, units, cost), cost };
  }

  /** Returned goods have the cost they were sold at; where that is not known, today's average. */
  #costOfReturned({ pool, variant }: PoolRow, units: number, original: LinePlace | undefined): Amount {
    const sold = original === undefined ? undefined : this.#sold.get(soldKey({ ...original, variant }));
    const source = sold ?? (pool.units > 0 ? { cost: pool.value, units: pool.units } : fallbackOf(pool));
    return source === null || source.units === 0 ? ZERO : proportion(source.cost, units, source.units);
  }

  /** A line of this very batch can be returned in it. */
  #remember(line: SoldLine): void {
    this.#sold.set(soldKey(line), line);
  }
}

function fallbackOf(pool: Pool): { cost: Amount; units: number } | null {
  return pool.fallback === null ? null : { cost: pool.fallback.value, units: pool.fallback.units };
}

function proportion(cost: Amount, units: number, whole: number): Amount {
  return amountFromBigInt(roundRatio(BigInt(cost) * BigInt(units), BigInt(whole), "half-away"));
}

export function poolKey({ branch, variant }: PoolKey): string {
  return `${branch} ${variant}`;
}

function soldKey({ sale, line, variant }: LinePlace & { readonly variant: VariantId }): string {
  return `${sale} ${line} ${variant}`;
}

/** Costs of a sale by line: kits have several movements on one line. */
export function costsByLine(movements: readonly CostedMovement[]): Map<number, Amount> {
  const costs = new Map<number, Amount>();
  for (const { line, cost } of movements) costs.set(line, add(costs.get(line) ?? ZERO, cost));
  return costs;
}
