import type { MerchantId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import type { Db } from "../db/database.ts";

/** What rows of the tables that take in every sale point to; there, foreign keys would cost more than the rows. */
const POINTERS: readonly (readonly [from: string, columns: readonly string[], to: string])[] = [
  ["log_entry", ["stream"], "log_stream"],
  ["log_entry", ["event"], "event"],
  ["event", ["hash"], "log_entry"],
  ["event", ["terminal"], "terminal"],
  ["sale", ["event"], "event"],
  ["sale", ["branch"], "branch"],
  ["sale", ["terminal"], "terminal"],
  ["sale_line", ["sale"], "sale"],
  ["sale_tender", ["sale"], "sale"],
  ["stock_movement", ["branch", "variant"], "stock_balance"],
  ["journal_entry", ["branch"], "branch"],
  ["journal_line", ["account"], "account"],
  ["account_balance", ["account"], "account"],
  ["account_balance", ["branch"], "branch"],
];

/** Rows of one merchant that point nowhere, as `table.columns`, each with how many. */
export async function danglingRows(db: Db, merchant: MerchantId): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [from, columns, to] of POINTERS) {
    const match = columns.map((column) => `t.${column} = f.${column}`).join(" AND ");
    const { rows } = await sql<{ count: number }>`
      SELECT count(*) AS count FROM ${sql.table(from)} f
      WHERE f.merchant = ${merchant}
        AND NOT EXISTS (SELECT FROM ${sql.table(to)} t WHERE t.merchant = f.merchant AND ${sql.raw(match)})`.execute(
      db,
    );
    const count = rows[0]?.count ?? 0;
    if (count > 0) found[`${from}.${columns.join("+")}`] = count;
  }
  return found;
}
