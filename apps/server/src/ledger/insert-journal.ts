import type { BranchId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { PostedEntry } from "../sync/ingest-store.ts";
import type { IngestScope } from "../sync/pg-ingest-store.ts";

/** Adds entries, and their sums to the daily balances of their accounts; the database itself checks that each balances. */
export async function insertJournalEntries(tx: Tx, scope: IngestScope, entries: readonly PostedEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await insertEntries(tx, scope, entries);
  await addToBalances(tx, scope, entries);
}

async function insertEntries(
  tx: Tx,
  { merchant, recordedAt }: IngestScope,
  entries: readonly PostedEntry[],
): Promise<void> {
  const rows = entries.map(({ source, kind, branch, postingDay, occurredAt, currency, lines }) => ({
    source,
    kind,
    branch,
    posting_day: postingDay,
    occurred_at: occurredAt,
    currency,
    accounts: lines.map(({ account }) => account),
    branches: lines.map((line) => line.branch),
    debits: lines.map(({ side, amount }) => (side === "debit" ? amount : 0)),
    credits: lines.map(({ side, amount }) => (side === "credit" ? amount : 0)),
    dimensions: lines.map(({ dimensions }) => dimensions),
  }));
  await sql`
    INSERT INTO journal_entry (merchant, source, kind, branch, posting_day, occurred_at, recorded_at, currency,
                               accounts, branches, debits, credits, dimensions)
    SELECT ${merchant}::uuid, source, kind, branch, posting_day, occurred_at, ${recordedAt}::timestamptz, currency,
           accounts, branches, debits, credits, dimensions
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS row (source uuid, kind text, branch uuid, posting_day date, occurred_at timestamptz, currency text,
              accounts text[], branches uuid[], debits bigint[], credits bigint[], dimensions jsonb)`.execute(tx);
}

type DayBalance = { branch: BranchId; account: string; posting_day: string; debit: number; credit: number };

async function addToBalances(tx: Tx, { merchant }: IngestScope, entries: readonly PostedEntry[]): Promise<void> {
  const balances = new Map<string, DayBalance>();
  for (const { postingDay, lines } of entries) {
    for (const { branch, account, side, amount } of lines) {
      const key = `${branch} ${account} ${postingDay}`;
      const balance = balances.get(key) ?? { branch, account, posting_day: postingDay, debit: 0, credit: 0 };
      balances.set(key, { ...balance, [side]: balance[side] + amount });
    }
  }
  const rows = [...balances].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  await sql`
    INSERT INTO account_balance (merchant, branch, account, posting_day, debit, credit)
    SELECT ${merchant}::uuid, branch, account, posting_day, debit, credit
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS row (branch uuid, account text, posting_day date, debit bigint, credit bigint)
    ON CONFLICT (merchant, branch, account, posting_day) DO UPDATE
    SET debit = account_balance.debit + excluded.debit, credit = account_balance.credit + excluded.credit`.execute(tx);
}
