import type { MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";

/**
 * How many records of each terminal exist only there: a stream says after which entry of the one before it was opened, and
 * what lies between that entry and what is held has not arrived. Terminals that miss nothing are not in the answer.
 */
export async function missingRecords(tx: Tx, merchant: MerchantId): Promise<Map<TerminalId, number>> {
  const { rows } = await sql<{ terminal: TerminalId; missing: number }>`
    SELECT terminal, sum(missing)::bigint AS missing FROM (
      SELECT later.terminal, later.after_stream,
             max(greatest(later.after_seq - coalesce(earlier.tip_seq, -1), 1)) AS missing
      FROM log_stream later
      LEFT JOIN log_stream earlier ON earlier.merchant = later.merchant AND earlier.stream = later.after_stream
      WHERE later.merchant = ${merchant} AND later.after_stream IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM log_entry e WHERE e.merchant = later.merchant AND e.hash = later.after_hash)
      GROUP BY later.terminal, later.after_stream
    ) AS tail
    GROUP BY terminal`.execute(tx);
  return new Map(rows.map(({ terminal, missing }) => [terminal, missing]));
}
