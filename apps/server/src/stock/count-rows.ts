import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { CountMark, MovementMark } from "../sync/day-store.ts";
import type { PoolKey } from "../sync/ingest-store.ts";

type Wanted = {
  readonly merchant: MerchantId;
  readonly branch: BranchId;
  readonly variants: readonly VariantId[];
  readonly afterRev: number;
};

type StoredMark = {
  branch: BranchId;
  variant: VariantId;
  stream: Uuid;
  seq: number;
  rev: number;
  at: Date;
  skew: number;
};

/** What the office or the server itself booked belongs to no terminal's stream. */
const NO_STREAM = sql`'00000000-0000-0000-0000-000000000000'::uuid`;

/** Movements that were published after a revision, each with its place in its terminal's log. */
export async function movementMarksAfter(
  tx: Tx,
  { merchant, branch, variants, afterRev }: Wanted,
): Promise<MovementMark[]> {
  const { rows } = await sql<StoredMark & { units: number }>`
    SELECT m.branch, m.variant, m.units, m.rev, m.occurred_at AS at, coalesce(t.clock_skew_ms, 0) AS skew,
           coalesce(e.stream, ${NO_STREAM}) AS stream, coalesce(e.seq, 0) AS seq
    FROM stock_movement m
    LEFT JOIN sale s ON s.merchant = m.merchant AND s.sale = m.document
    LEFT JOIN delivery d ON d.merchant = m.merchant AND d.delivery = m.document
    LEFT JOIN event v ON v.merchant = m.merchant AND v.event = coalesce(s.event, d.event)
    LEFT JOIN log_entry e ON e.merchant = v.merchant AND e.hash = v.hash
    LEFT JOIN terminal t ON t.merchant = v.merchant AND t.terminal = v.terminal
    WHERE m.merchant = ${merchant} AND m.branch = ${branch} AND m.variant = ANY (${variants}::uuid[]) AND m.rev > ${afterRev}
      AND m.cause NOT IN ('count', 'absorbed-by-count')`.execute(tx);
  return rows.map(({ units, ...row }) => ({ ...markOf(row, 0), units }));
}

/** The latest count of each pool, by the moment it happened. */
export async function countMarksOf(tx: Tx, merchant: MerchantId, keys: readonly PoolKey[]): Promise<CountMark[]> {
  const { rows } = await sql<StoredMark & { count: Uuid; seen: number }>`
    SELECT DISTINCT ON (l.branch, l.variant) l.branch, l.variant, l.count, c.stream, c.seq, l.rev, c.seen_rev AS seen,
           l.occurred_at AS at, coalesce(t.clock_skew_ms, 0) AS skew
    FROM unnest(${keys.map(({ branch }) => branch)}::uuid[], ${keys.map(({ variant }) => variant)}::uuid[]) AS key (branch, variant)
    JOIN stock_count_line l ON l.merchant = ${merchant} AND l.branch = key.branch AND l.variant = key.variant
    JOIN stock_count c ON c.merchant = l.merchant AND c.count = l.count
    LEFT JOIN log_stream s ON s.merchant = c.merchant AND s.stream = c.stream
    LEFT JOIN terminal t ON t.merchant = s.merchant AND t.terminal = s.terminal
    ORDER BY l.branch, l.variant, l.occurred_at - make_interval(secs => coalesce(t.clock_skew_ms, 0) / 1000.0) DESC`.execute(
    tx,
  );
  return rows.map(({ count, seen, ...row }) => ({ ...markOf(row, seen), count }));
}

function markOf(
  { branch, variant, stream, seq, rev, at, skew }: StoredMark,
  seen: number,
): Omit<MovementMark, "units"> {
  return { branch, variant, stream, seq, rev, seen, atMs: at.getTime() - skew };
}
