import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";

/** The end of a stream that a later one speaks of and that has not arrived. */
export type MissingTail = {
  readonly terminal: TerminalId;
  readonly branch: BranchId;
  readonly stream: Uuid;
  /** The last entry that the later stream knew, and how many of those up to it are not here. */
  readonly seq: number;
  readonly hash: string;
  readonly missing: number;
  /** When the first stream that speaks of it came in. */
  readonly noticedAt: Date;
};

/**
 * Records that exist only on a terminal: a stream says after which entry of the one before it was opened, and what lies
 * between that entry and what is held has not arrived.
 */
export async function missingTails(tx: Tx, merchant: MerchantId): Promise<MissingTail[]> {
  const { rows } = await sql<MissingTail>`
    SELECT DISTINCT ON (later.terminal, later.after_stream)
           later.terminal, t.branch, later.after_stream AS stream, later.after_seq AS seq,
           encode(later.after_hash, 'hex') AS hash,
           greatest(later.after_seq - coalesce(earlier.tip_seq, -1), 1) AS missing,
           min(later.opened_at) OVER (PARTITION BY later.terminal, later.after_stream) AS "noticedAt"
    FROM log_stream later
    JOIN terminal t ON t.merchant = later.merchant AND t.terminal = later.terminal
    LEFT JOIN log_stream earlier ON earlier.merchant = later.merchant AND earlier.stream = later.after_stream
    WHERE later.merchant = ${merchant} AND later.after_stream IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM log_entry e WHERE e.merchant = later.merchant AND e.hash = later.after_hash)
    ORDER BY later.terminal, later.after_stream, later.after_seq DESC`.execute(tx);
  return rows;
}

/** How many records of each terminal exist only there. Terminals that miss nothing are not in the answer. */
export async function missingRecords(tx: Tx, merchant: MerchantId): Promise<Map<TerminalId, number>> {
  const sums = new Map<TerminalId, number>();
  for (const { terminal, missing } of await missingTails(tx, merchant)) {
    sums.set(terminal, (sums.get(terminal) ?? 0) + missing);
  }
  return sums;
}
