import type { Uuid } from "@holdfast/domain/kernel/id";
import type { MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { SaleDetail, SaleMovement } from "@holdfast/protocol/office/sales";
import type { PublicKey } from "@holdfast/protocol/primitives";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";

type SaleKey = { readonly merchant: MerchantId; readonly sale: Uuid };

/** A sale's entry as it came, with the places it names. */
export type SaleRecord = {
  readonly branchName: string;
  readonly branchAddress: string;
  readonly timeZone: string;
  readonly merchantName: string;
  readonly taxNumber: string;
  readonly receiptFooter: string;
  readonly terminal: TerminalId;
  readonly terminalName: string;
  readonly publicKeys: readonly { readonly kid: string; readonly key: PublicKey }[];
  readonly stream: Uuid;
  readonly seq: number;
  readonly kid: string;
  readonly hash: string;
  readonly raw: string;
  readonly sig: Buffer;
  readonly recordedAt: Date;
  readonly courier: TerminalId | null;
  readonly parentHeld: boolean;
};

export async function saleRecord(tx: Tx, { merchant, sale }: SaleKey): Promise<SaleRecord | null> {
  const { rows } = await sql<SaleRecord>`
    SELECT b.name AS "branchName", b.address AS "branchAddress", b.time_zone AS "timeZone", m.name AS "merchantName",
           m.tax_number AS "taxNumber", coalesce(b.settings ->> 'receiptFooter', '') AS "receiptFooter",
           l.terminal, t.name AS "terminalName", t.public_keys AS "publicKeys",
           e.stream, e.seq, l.kid, encode(e.hash, 'hex') AS hash, e.raw, e.sig, e.recorded_at AS "recordedAt", e.courier,
           e.seq = 0 OR EXISTS (SELECT 1 FROM log_entry p WHERE p.merchant = e.merchant
                                  AND p.hash = decode(e.raw::json ->> 'prev', 'hex')) AS "parentHeld"
    FROM sale s
    JOIN merchant m USING (merchant)
    JOIN branch b USING (merchant, branch)
    JOIN event v ON v.merchant = s.merchant AND v.event = s.event
    JOIN log_entry e ON e.merchant = v.merchant AND e.hash = v.hash
    JOIN log_stream l ON l.merchant = e.merchant AND l.stream = e.stream
    JOIN terminal t ON t.merchant = l.merchant AND t.terminal = l.terminal
    WHERE s.merchant = ${merchant} AND s.sale = ${sale}`.execute(tx);
  return rows[0] ?? null;
}

export async function movementsOfSale(tx: Tx, { merchant, sale }: SaleKey): Promise<SaleMovement[]> {
  const { rows } = await sql<SaleMovement>`
    SELECT m.line, m.variant, v.name, v.sku, m.cause, m.units, m.scale, v.unit, m.cost
    FROM stock_movement m JOIN variant v USING (merchant, variant)
    WHERE m.merchant = ${merchant} AND m.document = ${sale}
    ORDER BY m.line, v.name`.execute(tx);
  return rows;
}

/** Sales that took goods of this one back, or undid it. */
export async function salesAfter(tx: Tx, { merchant, sale }: SaleKey): Promise<SaleDetail["followedBy"]> {
  const { rows } = await sql<{ sale: Uuid; series: string; number: number; stream: string }>`
    SELECT s.sale, s.series, s.number, s.stream_tag AS stream FROM sale s
    WHERE s.merchant = ${merchant} AND s.sale IN (
      SELECT l.sale FROM sale_line l WHERE l.merchant = ${merchant} AND l.original_sale = ${sale})
    ORDER BY s.occurred_at`.execute(tx);
  return rows.map(({ sale: follower, ...number }) => ({ sale: follower, number }));
}
