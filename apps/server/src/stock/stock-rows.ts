import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Amount } from "@holdfast/domain/money/amount";
import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import { arrayText, type CopyColumn, copyRows } from "../db/copy.ts";
import type { Lane } from "../db/lane.ts";
import type { CostedMovement, PoolKey, PoolRow } from "../sync/ingest-store.ts";
import type { IngestScope } from "../sync/pg-ingest-store.ts";

type LockedRow = {
  branch: BranchId;
  variant: VariantId;
  units: number;
  scale: number;
  value: Amount;
  fallback_value: Amount | null;
  fallback_units: number | null;
};

export async function lockStockPools(lane: Lane, merchant: MerchantId, keys: readonly PoolKey[]): Promise<PoolRow[]> {
  if (keys.length === 0) return [];
  const values = [merchant, arrayText(keys.map(({ branch }) => branch)), arrayText(keys.map(({ variant }) => variant))];
  const locked = await lockRows(lane, values);
  if (locked.length === keys.length) return locked;
  const missing = await makeMissing(lane, values);
  return missing === 0 ? locked : await lockRows(lane, values);
}

/** OFFSET 0 keeps the planner from joining the whole table: each key is looked up in the index, in order. */
async function lockRows(lane: Lane, values: readonly string[]): Promise<PoolRow[]> {
  const { rows } = await lane.query<LockedRow>({
    name: "lock-stock-balances",
    text: `
      SELECT b.branch, b.variant, b.units, b.scale, b.value, b.fallback_value, b.fallback_units
      FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS key (branch, variant, place)
      CROSS JOIN LATERAL (
        SELECT * FROM stock_balance s
        WHERE s.merchant = $1::uuid AND s.branch = key.branch AND s.variant = key.variant OFFSET 0 FOR UPDATE
      ) AS b
      ORDER BY key.place`,
    values: [...values],
  });
  return rows.map(({ branch, variant, units, scale, value, fallback_value, fallback_units }) => ({
    branch,
    variant,
    scale,
    pool: {
      units,
      value,
      fallback:
        fallback_value === null || fallback_units === null ? null : { value: fallback_value, units: fallback_units },
    },
  }));
}

/** Makes empty balances at branches we have, for variants that the catalogue knows; revision 0 is before every cursor. */
async function makeMissing(lane: Lane, values: readonly string[]): Promise<number> {
  const { rowCount } = await lane.query({
    name: "make-stock-balances",
    text: `
      INSERT INTO stock_balance (merchant, branch, variant, units, scale, value, rev)
      SELECT v.merchant, key.branch, v.variant, 0, v.unit_scale, 0, 0
      FROM unnest($2::uuid[], $3::uuid[]) AS key (branch, variant)
      JOIN variant v ON v.merchant = $1::uuid AND v.variant = key.variant
      JOIN branch b ON b.merchant = $1::uuid AND b.branch = key.branch
      ORDER BY key.branch, key.variant
      ON CONFLICT DO NOTHING`,
    values: [...values],
  });
  return rowCount ?? 0;
}

export async function updateStockPools(
  lane: Lane,
  merchant: MerchantId,
  pools: readonly (PoolRow & { readonly rev: number })[],
): Promise<void> {
  await lane.query({
    name: "update-stock-balances",
    text: `
      UPDATE stock_balance b
      SET units = row.units, value = row.value, fallback_value = row.fallback_value,
          fallback_units = row.fallback_units, rev = row.rev
      FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
        AS row (branch, variant, units, value, fallback_value, fallback_units, rev)
      WHERE b.merchant = $1::uuid AND b.branch = row.branch AND b.variant = row.variant`,
    values: [
      merchant,
      arrayText(pools.map(({ branch }) => branch)),
      arrayText(pools.map(({ variant }) => variant)),
      arrayText(pools.map(({ pool }) => pool.units)),
      arrayText(pools.map(({ pool }) => pool.value)),
      arrayText(pools.map(({ pool }) => pool.fallback?.value ?? null)),
      arrayText(pools.map(({ pool }) => pool.fallback?.units ?? null)),
      arrayText(pools.map(({ rev }) => rev)),
    ],
  });
}

export async function insertStockMovements(
  lane: Lane,
  scope: IngestScope,
  movements: readonly RevisedMovement[],
): Promise<void> {
  const rows = movements.map((movement) => ({ scope, movement }));
  copyRows(lane, { table: "stock_movement", columns: MOVEMENT_COLUMNS }, rows);
}

type RevisedMovement = CostedMovement & { readonly rev: number };

const MOVEMENT_COLUMNS: readonly CopyColumn<{ readonly scope: IngestScope; readonly movement: RevisedMovement }>[] = [
  ["merchant", "uuid", ({ scope }) => scope.merchant],
  ["document", "uuid", ({ movement }) => movement.document],
  ["line", "int4", ({ movement }) => movement.line],
  ["variant", "uuid", ({ movement }) => movement.variant],
  ["branch", "uuid", ({ movement }) => movement.branch],
  ["units", "int8", ({ movement }) => movement.units],
  ["scale", "int2", ({ movement }) => movement.scale],
  ["cost", "int8", ({ movement }) => movement.cost],
  ["cause", "text", ({ movement }) => movement.cause],
  ["occurred_at", "timestamptz", ({ movement }) => movement.occurredAt],
  ["recorded_at", "timestamptz", ({ scope }) => scope.recordedAt],
  ["rev", "int8", ({ movement }) => movement.rev],
];
