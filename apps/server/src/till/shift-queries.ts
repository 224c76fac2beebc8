import type { Uuid } from "@holdfast/domain/kernel/id";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { OfficeShift, ShiftDeed, ShiftDetail, ShiftListQuery } from "@holdfast/protocol/office/shifts";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";

/** Where a page of shifts ended. */
export type ShiftKey = readonly [openedAt: string, shift: string];

type Stored = Omit<OfficeShift, "openedAt" | "openedBy" | "z"> & {
  readonly opened_at: Date;
  readonly opened_by: StaffId;
  readonly opener: string | null;
  readonly z_number: number | null;
  readonly closed_at: Date;
  readonly automatic: boolean;
  readonly expected: OfficeShift["float"];
  readonly counted: OfficeShift["float"] | null;
  readonly over_short: OfficeShift["float"];
};

const SELECT_SHIFT = sql`
  SELECT s.shift, s.branch, s.terminal, t.name AS "terminalName", s.business_day AS "businessDay", s.opened_at,
         s.opened_by, p.name AS opener, s.currency, s.float, taken.sales, taken.takings,
         z.number AS z_number, z.occurred_at AS closed_at, z.automatic, z.expected, z.counted, z.over_short
  FROM shift s
  JOIN terminal t USING (merchant, terminal)
  LEFT JOIN staff p ON p.merchant = s.merchant AND p.staff = s.opened_by
  LEFT JOIN z_report z ON z.merchant = s.merchant AND z.shift = s.shift AND z.posted
  CROSS JOIN LATERAL (
    SELECT count(*) AS sales, coalesce(sum(x.total), 0)::bigint AS takings FROM sale x
    WHERE x.merchant = s.merchant AND x.branch = s.branch AND x.business_day BETWEEN s.business_day AND s.business_day + 1
      AND x.shift = s.shift
      AND NOT x.training) AS taken`;

/** Shifts from a place on, the newest first, and one more than asked for. */
export async function listedShifts(
  tx: Tx,
  {
    merchant,
    from,
    to,
    branch,
  }: Omit<ShiftListQuery, "after" | "limit"> & {
    readonly merchant: MerchantId;
  },
  { after, limit }: { readonly after: ShiftKey | null; readonly limit: number },
): Promise<OfficeShift[]> {
  const { rows } = await sql<Stored>`
    ${SELECT_SHIFT}
    WHERE s.merchant = ${merchant}
      ${from === undefined ? sql`` : sql`AND s.business_day >= ${from}::date`}
      ${to === undefined ? sql`` : sql`AND s.business_day <= ${to}::date`}
      ${branch === undefined ? sql`` : sql`AND s.branch = ${branch}`}
      ${after === null ? sql`` : sql`AND (s.opened_at, s.shift) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    ORDER BY s.opened_at DESC, s.shift DESC LIMIT ${limit + 1}`.execute(tx);
  return rows.map(readShift);
}

export async function shiftOf(tx: Tx, merchant: MerchantId, shift: Uuid): Promise<OfficeShift | null> {
  const { rows } = await sql<Stored>`
    ${SELECT_SHIFT} WHERE s.merchant = ${merchant} AND s.shift = ${shift}`.execute(tx);
  return rows[0] === undefined ? null : readShift(rows[0]);
}

function readShift(row: Stored): OfficeShift {
  const { opened_at, opened_by, opener, z_number, closed_at, automatic, expected, counted, over_short, ...shift } = row;
  return {
    ...shift,
    openedAt: opened_at.toISOString(),
    openedBy: { staff: opened_by, name: opener },
    z:
      z_number === null
        ? null
        : { number: z_number, closedAt: closed_at.toISOString(), automatic, expected, counted, overShort: over_short },
  };
}

/** The report as it was printed; null while the shift is open. */
export async function printedReport(tx: Tx, merchant: MerchantId, shift: Uuid): Promise<ShiftDetail["report"]> {
  const { rows } = await sql<{ report: ShiftDetail["report"] }>`
    SELECT report FROM z_report WHERE merchant = ${merchant} AND shift = ${shift} AND posted`.execute(tx);
  return rows[0]?.report ?? null;
}

/** What was done with the cash beside sales: what moved, and when the drawer was opened without a sale. */
export async function deedsOfShift(tx: Tx, merchant: MerchantId, shift: Uuid): Promise<ShiftDeed[]> {
  const { rows } = await sql<Omit<ShiftDeed, "occurredAt"> & { readonly occurred_at: Date }>`
    SELECT d.event, d.kind, d.amount, d.reason, p.name AS "staffName", d.occurred_at FROM (
      SELECT event, kind, amount, reason, staff, occurred_at FROM cash_movement
      WHERE merchant = ${merchant} AND shift = ${shift}
      UNION ALL
      SELECT event, type, NULL, reason, staff, occurred_at FROM trace
      WHERE merchant = ${merchant} AND shift = ${shift} AND type = 'drawer-opened') AS d
    LEFT JOIN staff p ON p.merchant = ${merchant} AND p.staff = d.staff
    ORDER BY d.occurred_at, d.event`.execute(tx);
  return rows.map(({ occurred_at, ...row }) => ({ ...row, occurredAt: occurred_at.toISOString() }));
}
