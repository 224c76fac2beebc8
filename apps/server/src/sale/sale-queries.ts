import type { MerchantId } from "@holdfast/domain/party/merchant";
import { parseReceiptNumber } from "@holdfast/domain/sale/receipt-number";
import type { SaleList, SaleListQuery, SaleRow } from "@holdfast/protocol/office/sales";
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../db/database.ts";

/** Where a page of sales ended: the newest first, by the terminal's clock. */
export type SaleKey = readonly [occurredAt: string, sale: string];

export type SaleFilter = Omit<SaleListQuery, "after" | "limit"> & { readonly merchant: MerchantId };

type Listed = Omit<SaleRow, "number" | "occurredAt" | "recordedAt"> & {
  readonly series: string;
  readonly receipt: number;
  readonly stream: string;
  readonly occurred_at: Date;
  readonly recorded_at: Date;
};

/** Sales that the filter lets through, from a place on, and one more than asked for. */
export async function listedSales(
  tx: Tx,
  filter: SaleFilter,
  { after, limit }: { readonly after: SaleKey | null; readonly limit: number },
): Promise<SaleRow[]> {
  const { rows } = await sql<Listed>`
    SELECT s.sale, s.series, s.number AS receipt, s.stream_tag AS stream, s.branch, s.terminal, t.name AS "terminalName",
           s.cashier_name AS "cashierName", s.business_day AS "businessDay", s.occurred_at, s.recorded_at,
           s.line_count AS lines, s.total, s.currency, s.exponent, s.training, s.post_void_of IS NOT NULL AS "isPostVoid",
           ARRAY(SELECT kind FROM sale_tender x WHERE x.merchant = s.merchant AND x.sale = s.sale
                 GROUP BY kind ORDER BY min(tender)) AS tenders,
           EXISTS (SELECT 1 FROM sale_line l WHERE l.merchant = s.merchant AND l.sale = s.sale AND l.kind = 'return') AS "hasReturns"
    FROM sale s JOIN terminal t USING (merchant, terminal)
    WHERE ${matching(filter)}
      ${after === null ? sql`` : sql`AND (s.occurred_at, s.sale) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    ORDER BY s.occurred_at DESC, s.sale DESC LIMIT ${limit + 1}`.execute(tx);
  return rows.map(({ series, receipt, stream, occurred_at, recorded_at, ...row }) => ({
    ...row,
    number: { series, number: receipt, stream },
    occurredAt: occurred_at.toISOString(),
    recordedAt: recorded_at.toISOString(),
  }));
}

export async function sumOfSales(tx: Tx, filter: SaleFilter): Promise<NonNullable<SaleList["sum"]>> {
  const { rows } = await sql<NonNullable<SaleList["sum"]>>`
    SELECT count(*) AS sales, coalesce(sum(s.total), 0)::bigint AS total
    FROM sale s WHERE ${matching(filter)} AND NOT s.training`.execute(tx);
  return rows[0] as NonNullable<SaleList["sum"]>;
}

function matching({ merchant, from, to, branch, terminal, number, amount }: SaleFilter): RawBuilder<unknown> {
  const conditions = [
    sql`s.merchant = ${merchant}`,
    ...(from === undefined ? [] : [sql`s.business_day >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`s.business_day <= ${to}::date`]),
    ...(branch === undefined ? [] : [sql`s.branch = ${branch}`]),
    ...(terminal === undefined ? [] : [sql`s.terminal = ${terminal}`]),
    ...(amount === undefined ? [] : [sql`s.total = ${amount}`]),
    ...(number === undefined || number.trim() === "" ? [] : [numbered(number.trim().toUpperCase())]),
  ];
  return sql`${sql.join(conditions, sql` AND `)}`;
}

/** A number as somebody types it: whole, without the stream's part, its digits alone, or its series alone. */
function numbered(text: string): RawBuilder<unknown> {
  const whole = parseReceiptNumber(text);
  if (whole !== null) {
    return sql`s.series = ${whole.series} AND s.number = ${whole.number} AND s.stream_tag = ${whole.stream}`;
  }
  const [, series = "", digits = ""] = /^(?:([A-Z][A-Z0-9]*)-?)?(\d{1,12})?$/.exec(text) ?? [];
  if (digits !== "" && text.includes("-")) return sql`s.series = ${series} AND s.number = ${Number(digits)}`;
  if (/^\d{1,12}$/.test(text)) return sql`s.number = ${Number(text)}`;
  return sql`s.series = ${text.replace(/-$/, "")}`;
}
