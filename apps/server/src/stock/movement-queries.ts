import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { OfficeMovement } from "@holdfast/protocol/office/products";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";

/** Where a page of movements ended: in the order in which they were booked, the newest first. */
export type MovementKey = readonly [rev: number, occurredAt: string, document: string, line: number];

/** A movement, the stock that it left, and the terminal whose sale it was. */
export type BookedMovement = OfficeMovement & {
  readonly rev: number;
  readonly terminal: TerminalId | null;
  readonly terminalName: string | null;
};

type Stored = Omit<BookedMovement, "occurredAt" | "recordedAt" | "sale"> & {
  readonly occurred_at: Date;
  readonly recorded_at: Date;
  readonly series: string | null;
  readonly number: number;
  readonly stream: string;
};

export type MovementScope = { readonly merchant: MerchantId; readonly branch: BranchId; readonly variant: VariantId };

/** Movements of a variant at a branch, from a place on, and one more than asked for; each with what was on hand after it. */
export async function bookedMovements(
  tx: Tx,
  { merchant, branch, variant }: MovementScope,
  { after, limit }: { readonly after: MovementKey | null; readonly limit: number },
): Promise<BookedMovement[]> {
  const { rows } = await sql<Stored>`
    SELECT m.document, m.line, m.cause, m.units, m.scale, m.cost, m.occurred_at, m.recorded_at, m.rev, m.on_hand AS "onHand",
           s.series, s.number, s.stream_tag AS stream, s.terminal, t.name AS "terminalName"
    FROM (
      SELECT m.*, (b.units - coalesce(sum(m.units) OVER (
               ORDER BY m.rev DESC, m.occurred_at DESC, m.document DESC, m.line DESC
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::bigint AS on_hand
      FROM stock_movement m JOIN stock_balance b USING (merchant, branch, variant)
      WHERE m.merchant = ${merchant} AND m.branch = ${branch} AND m.variant = ${variant}
    ) AS m
    LEFT JOIN sale s ON s.merchant = m.merchant AND s.sale = m.document
    LEFT JOIN terminal t ON t.merchant = s.merchant AND t.terminal = s.terminal
    WHERE ${
      after === null
        ? sql`true`
        : sql`(m.rev, m.occurred_at, m.document, m.line) < (${after[0]}, ${after[1]}::timestamptz, ${after[2]}::uuid, ${after[3]})`
    }
    ORDER BY m.rev DESC, m.occurred_at DESC, m.document DESC, m.line DESC LIMIT ${limit + 1}`.execute(tx);
  return rows.map(({ occurred_at, recorded_at, series, number, stream, ...row }) => ({
    ...row,
    occurredAt: occurred_at.toISOString(),
    recordedAt: recorded_at.toISOString(),
    sale: series === null ? null : { series, number, stream },
  }));
}
