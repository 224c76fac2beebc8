import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId } from "@holdfast/domain/party/merchant";
import type { CaseDraft } from "../inbox/case.ts";
import { CostSheet, costsByLine, poolKey } from "../stock/cost-movements.ts";
import type { EventEffects } from "./event-effects.ts";
import type { CostedMovement, CostedSale, IngestStore, PoolKey, PoolRow, PostedEntry } from "./ingest-store.ts";

type Effects = readonly { readonly event: Uuid; readonly effects: EventEffects }[];

/**
 * Writes what a batch of events does, in a handful of statements whatever its size. Locks are taken in one order everywhere:
 * pools by key, accounts by key, then the heads of the branch channels, last.
 */
export async function writeEffects(
  effects: Effects,
  cases: readonly CaseDraft[],
  store: IngestStore,
): Promise<Set<BranchId>> {
  const sheet = new CostSheet(await store.lockPools(poolKeys(effects)), await store.soldLines(originals(effects)));
  const costed = effects.map(({ event, effects: each }) => costEvent(event, each, sheet));
  await store.insertSales(costed.flatMap(({ sale }) => (sale === null ? [] : [sale])));
  await store.insertJournal(costed.flatMap(({ entries }) => entries));
  await store.openCases([...cases, ...costed.flatMap((each) => each.cases), ...oversoldCases(sheet.oversold())]);
  return await publishStock(
    sheet.touched(),
    costed.flatMap(({ movements }) => movements),
    store,
  );
}

function poolKeys(effects: Effects): PoolKey[] {
  const keys = new Map<string, PoolKey>();
  for (const { effects: each } of effects) {
    for (const { branch, variant } of each.movements) keys.set(poolKey({ branch, variant }), { branch, variant });
  }
  return [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);
}

function originals(effects: Effects): { sale: Uuid; line: number }[] {
  return effects.flatMap(({ effects: each }) => (each.sale?.lines ?? []).flatMap(({ original }) => original ?? []));
}

type CostedEvent = {
  readonly sale: CostedSale | null;
  readonly movements: readonly CostedMovement[];
  readonly entries: readonly PostedEntry[];
  readonly cases: readonly CaseDraft[];
};

function costEvent(event: Uuid, effects: EventEffects, sheet: CostSheet): CostedEvent {
  const { sale, branch } = effects;
  const lines = new Map((sale?.lines ?? []).map((line) => [line.line, line]));
  const known = effects.movements.filter((movement) => sheet.knows(movement));
  const movements = known.map((movement) =>
    sheet.cost(movement, effects.occurredAt, lines.get(movement.line)?.original),
  );
  const costs = costsByLine(movements);
  const entries = branch === null ? [] : effects.post(costs).map((entry) => ({ ...entry, branch }));
  return {
    sale: sale === null ? null : { sale, event, costs },
    movements,
    entries,
    cases: [...effects.cases, ...unidentifiedCases(effects)],
  };

  function unidentifiedCases({ movements: all }: EventEffects): CaseDraft[] {
    const unknown = new Set(all.filter((movement) => !sheet.knows(movement)).map((movement) => movement.line));
    for (const line of lines.values()) if (line.variant === null && line.giftCard === undefined) unknown.add(line.line);
    if (sale === null || unknown.size === 0 || sale.training) return [];
    const goods = [...unknown].map((line) => ({
      line,
      name: lines.get(line)?.name,
      barcode: lines.get(line)?.barcode,
    }));
    return [{ kind: "unidentified-item", subject: sale.sale, branch, details: { number: sale.number, lines: goods } }];
  }
}

function oversoldCases(pools: readonly PoolRow[]): CaseDraft[] {
  return pools.map(({ branch, variant, pool, scale }) => ({
    kind: "oversold",
    subject: `${branch}:${variant}`,
    branch,
    details: { variant, units: pool.units, scale },
  }));
}

/** Every changed balance is a document of its branch's channel, under a revision of its own. */
async function publishStock(
  pools: readonly PoolRow[],
  movements: readonly CostedMovement[],
  store: IngestStore,
): Promise<Set<BranchId>> {
  const counts = new Map<BranchId, number>();
  for (const { branch } of pools) counts.set(branch, (counts.get(branch) ?? 0) + 1);
  if (pools.length === 0) return new Set();
  const next = await store.takeRevisions(counts);
  const revised = pools.map((row) => {
    const rev = next.get(row.branch) as number;
    next.set(row.branch, rev + 1);
    return { ...row, rev };
  });
  const revs = new Map(revised.map((row) => [poolKey(row), row.rev]));
  await store.updatePools(revised);
  await store.insertMovements(
    movements.map((movement) => ({ ...movement, rev: revs.get(poolKey(movement)) as number })),
  );
  return new Set(counts.keys());
}
