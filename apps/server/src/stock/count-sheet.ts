import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import { epochMs, type Instant } from "@holdfast/domain/kernel/instant";
import { rescale } from "@holdfast/domain/money/decimal";
import type { TerminalId } from "@holdfast/domain/party/merchant";
import { CLOCK_ERROR_MS, type StockMark, sideOfCount } from "@holdfast/domain/stock/count-cut";
import type { CaseDraft } from "../inbox/case.ts";
import type { CountMark, DayStore, MovementMark } from "../sync/day-store.ts";
import type { EventContext, EventEffects } from "../sync/event-effects.ts";
import type { PoolKey } from "../sync/ingest-store.ts";
import { poolKey } from "./cost-movements.ts";
import { seenRevision } from "./stock-effects.ts";

type Placed = { readonly context: EventContext; readonly effects: EventEffects };

/** What a count makes of a pool: how far the stock is off, and which movements no clock can place for certain. */
export type CountVerdict = {
  /** In the pool's scale: what the count finds too much, negative where goods are missing. */
  readonly adjustment: number;
  /** On hand as it was known when the goods were counted. */
  readonly expected: number;
  readonly doubtful: readonly MovementMark[];
};

/**
 * Places movements and counts of a batch against each other and against those held before. Without a count anywhere near it
 * knows nothing, and costs one comparison.
 */
export class CountSheet {
  readonly #counts = new Map<string, CountMark>();
  readonly #movements = new Map<string, MovementMark[]>();
  readonly #skews: ReadonlyMap<TerminalId, number>;
  readonly #isIdle: boolean;

  private constructor(isIdle: boolean, skews: ReadonlyMap<TerminalId, number>) {
    this.#isIdle = isIdle;
    this.#skews = skews;
  }

  static async open(events: readonly Placed[], lastCountMs: number | null, store: DayStore): Promise<CountSheet> {
    const counted = events.filter(({ effects }) => effects.counted !== null);
    const moving = events.filter(({ effects }) => effects.movements.length > 0);
    const isNear = lastCountMs !== null && moving.some(({ effects }) => msOf(effects) < lastCountMs + NEAR_MS);
    if (counted.length === 0 && !isNear) return new CountSheet(true, new Map());
    const terminals = [...new Set(events.map(({ context }) => context.terminal))];
    const sheet = new CountSheet(false, await store.clockSkews(terminals));
    for (const mark of await store.countMarks(poolsOf(events))) sheet.#counts.set(poolKey(mark), mark);
    for (const { context, effects } of counted) {
      if (effects.counted === null) continue;
      const { branch, lines } = effects.counted;
      const variants = lines.map(({ variant }) => variant);
      for (const mark of await store.movementMarks(branch, variants, seenRevision(context, branch)))
        sheet.#remember(mark);
    }
    return sheet;
  }

  /** A movement was booked; says which count had found it already, if one had. */
  move(key: PoolKey, units: number, placed: Placed): CountMark | null {
    if (this.#isIdle) return null;
    const mark = this.#markOf(placed, key.branch);
    this.#remember({ ...mark, ...key, units });
    const count = this.#counts.get(poolKey(key));
    return count !== undefined && sideOfCount(mark, count).side === "before" ? count : null;
  }

  /** Null where a later count of the same goods is held: this one says nothing about today any more. */
  count(
    line: { readonly variant: VariantId; readonly units: number; readonly scale: number },
    pool: { readonly key: PoolKey; readonly units: number; readonly scale: number },
    placed: Placed & { readonly count: Uuid },
  ): CountVerdict | null {
    const mark = this.#markOf(placed, pool.key.branch);
    const key = poolKey(pool.key);
    const held = this.#counts.get(key);
    if (held !== undefined && held.count !== placed.count && sideOfCount(held, mark).side === "after") return null;
    this.#counts.set(key, { ...mark, ...pool.key, count: placed.count });
    const sides = (this.#movements.get(key) ?? []).map((movement) => ({ movement, ...sideOfCount(movement, mark) }));
    const after = sides.filter(({ side }) => side === "after").reduce((sum, { movement }) => sum + movement.units, 0);
    const counted = rescale(line, pool.scale, "half-away").units;
    return {
      adjustment: counted + after - pool.units,
      expected: pool.units - after,
      doubtful: sides.filter(({ isDoubtful }) => isDoubtful).map(({ movement }) => movement),
    };
  }

  #markOf({ context, effects }: Placed, branch: string): StockMark {
    const { stream, seq, terminal } = context;
    const skew = this.#skews.get(terminal) ?? 0;
    return { stream, seq, rev: null, seen: seenRevision(context, branch), atMs: msOf(effects) - skew };
  }

  #remember(mark: MovementMark): void {
    const key = poolKey(mark);
    this.#movements.set(key, [...(this.#movements.get(key) ?? []), mark]);
  }
}

/** Clocks may be off by more than their error bound; a movement this long after a count is after it by any of them. */
const NEAR_MS = 86_400_000 + CLOCK_ERROR_MS;

function msOf({ occurredAt }: EventEffects): number {
  return epochMs(occurredAt as Instant);
}

function poolsOf(events: readonly Placed[]): PoolKey[] {
  const keys = new Map<string, PoolKey>();
  for (const { effects } of events) {
    for (const { branch, variant } of effects.movements) keys.set(poolKey({ branch, variant }), { branch, variant });
    for (const { variant } of effects.counted?.lines ?? []) {
      const key = { branch: effects.counted?.branch ?? "", variant } as PoolKey;
      keys.set(poolKey(key), key);
    }
  }
  return [...keys.values()];
}

export function ambiguousCase(
  { branch, variant }: PoolKey,
  { doubtful, expected }: CountVerdict,
  count: Uuid,
): CaseDraft[] {
  if (doubtful.length === 0) return [];
  const details = { count, variant, expected, movements: doubtful.map(({ units, atMs }) => ({ units, atMs })) };
  return [{ kind: "count-ambiguous", subject: `${count}:${variant}`, branch, details }];
}
