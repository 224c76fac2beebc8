import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Amount } from "@holdfast/domain/money/amount";
import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
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

export async function lockStockPools(tx: Tx, merchant: MerchantId, keys: readonly PoolKey[]): Promise<PoolRow[]> {
  if (keys.length === 0) return [];
  const locked = await lockRows(tx, merchant, keys);
  if (locked.length === keys.length) return locked;
  const missing = await makeMissing(tx, merchant, keys);
  return missing === 0 ? locked : await lockRows(tx, merchant, keys);
}

/** OFFSET 0 keeps the planner from joining the whole table: each key is looked up in the index, in order. */
async function lockRows(tx: Tx, merchant: MerchantId, keys: readonly PoolKey[]): Promise<PoolRow[]> {
  const { rows } = await sql<LockedRow>`
    SELECT b.branch, b.variant, b.units, b.scale, b.value, b.fallback_value, b.fallback_units
    FROM unnest(${keys.map(({ branch }) => branch)}::uuid[], ${keys.map(({ variant }) => variant)}::uuid[])
           WITH ORDINALITY AS key (branch, variant, place)
    CROSS JOIN LATERAL (
      SELECT * FROM stock_balance s
      WHERE s.merchant = ${merchant} AND s.branch = key.branch AND s.variant = key.variant OFFSET 0 FOR UPDATE
    ) AS b
    ORDER BY key.place`.execute(tx);
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

/** Makes empty balances for variants that the catalogue knows; revision 0 is before every cursor. */
async function makeMissing(tx: Tx, merchant: MerchantId, keys: readonly PoolKey[]): Promise<number> {
  const { numAffectedRows } = await sql`
    INSERT INTO stock_balance (merchant, branch, variant, units, scale, value, rev)
    SELECT v.merchant, key.branch, v.variant, 0, v.unit_scale, 0, 0
    FROM unnest(${keys.map(({ branch }) => branch)}::uuid[], ${keys.map(({ variant }) => variant)}::uuid[]) AS key (branch, variant)
    JOIN variant v ON v.merchant = ${merchant} AND v.variant = key.variant
    ORDER BY key.branch, key.variant
    ON CONFLICT DO NOTHING`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

export async function updateStockPools(
  tx: Tx,
  merchant: MerchantId,
  pools: readonly (PoolRow & { readonly rev: number })[],
): Promise<void> {
  const rows = pools.map(({ branch, variant, pool, rev }) => ({
    branch,
    variant,
    units: pool.units,
    value: pool.value,
    fallback_value: pool.fallback?.value,
    fallback_units: pool.fallback?.units,
    rev,
  }));
  await sql`
    UPDATE stock_balance b
    SET units = row.units, value = row.value, fallback_value = row.fallback_value, fallback_units = row.fallback_units, rev = row.rev
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS row (branch uuid, variant uuid, units bigint, value bigint, fallback_value bigint, fallback_units bigint, rev bigint)
    WHERE b.merchant = ${merchant} AND b.branch = row.branch AND b.variant = row.variant`.execute(tx);
}

export async function insertStockMovements(
  tx: Tx,
  { merchant, recordedAt }: IngestScope,
  movements: readonly (CostedMovement & { readonly rev: number })[],
): Promise<void> {
  const rows = movements.map(({ document, line, variant, branch, units, scale, cost, cause, occurredAt, rev }) => ({
    document,
    line,
    variant,
    branch,
    units,
    scale,
    cost,
    cause,
    occurred_at: occurredAt,
    rev,
  }));
  await sql`
    INSERT INTO stock_movement (merchant, document, line, variant, branch, units, scale, cost, cause, occurred_at, recorded_at, rev)
    SELECT ${merchant}::uuid, document, line, variant, branch, units, scale, cost, cause, occurred_at, ${recordedAt}::timestamptz, rev
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS row (document uuid, line int, variant uuid, branch uuid, units bigint, scale smallint, cost bigint, cause text,
              occurred_at timestamptz, rev bigint)`.execute(tx);
}
