import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { FactRow, FactTable } from "./event-effects.ts";
import type { IngestScope } from "./pg-ingest-store.ts";

/** Tables whose rows do not say when they were recorded: their document's row does. */
const WITHOUT_TIME: ReadonlySet<FactTable> = new Set(["stock_count_line", "serial_movement"]);

/** Adds rows to the tables of facts, one statement a table. Where the same one is held already, it stands. */
export async function insertFactRows(
  tx: Tx,
  { merchant, recordedAt }: IngestScope,
  facts: readonly FactRow[],
): Promise<void> {
  const byTable = new Map<FactTable, object[]>();
  for (const { table, row } of facts) {
    const time = WITHOUT_TIME.has(table) ? {} : { recorded_at: recordedAt };
    byTable.set(table, [...(byTable.get(table) ?? []), { ...row, ...time, merchant }]);
  }
  for (const [table, rows] of [...byTable].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = sql.table(table);
    await sql`
      INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, ${JSON.stringify(rows)}::json)
      ON CONFLICT DO NOTHING`.execute(tx);
  }
}
