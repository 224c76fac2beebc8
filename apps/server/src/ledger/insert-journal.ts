import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import { arrayText, type CopyColumn, copyRows } from "../db/copy.ts";
import type { Lane } from "../db/lane.ts";
import type { PostedEntry } from "../sync/ingest-store.ts";
import type { IngestScope } from "../sync/pg-ingest-store.ts";

/** Adds entries, and their sums to the daily balances of their accounts; the database itself checks that each balances. */
export async function insertJournalEntries(
  lane: Lane,
  scope: IngestScope,
  entries: readonly PostedEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({ scope, entry }));
  copyRows(lane, { table: "journal_entry", columns: ENTRY_COLUMNS }, rows);
  await addToBalances(lane, scope.merchant, entries);
}

const ENTRY_COLUMNS: readonly CopyColumn<{ readonly scope: IngestScope; readonly entry: PostedEntry }>[] = [
  ["merchant", "uuid", ({ scope }) => scope.merchant],
  ["source", "uuid", ({ entry }) => entry.source],
  ["kind", "text", ({ entry }) => entry.kind],
  ["branch", "uuid", ({ entry }) => entry.branch],
  ["posting_day", "date", ({ entry }) => entry.postingDay],
  ["occurred_at", "timestamptz", ({ entry }) => entry.occurredAt],
  ["recorded_at", "timestamptz", ({ scope }) => scope.recordedAt],
  ["currency", "text", ({ entry }) => entry.currency],
  ["accounts", "text[]", ({ entry }) => entry.lines.map(({ account }) => account)],
  ["branches", "uuid[]", ({ entry }) => entry.lines.map(({ branch }) => branch)],
  ["debits", "int8[]", ({ entry }) => entry.lines.map(({ side, amount }) => (side === "debit" ? amount : 0))],
  ["credits", "int8[]", ({ entry }) => entry.lines.map(({ side, amount }) => (side === "credit" ? amount : 0))],
  ["dimensions", "jsonb", ({ entry }) => entry.lines.map(({ dimensions }) => dimensions)],
  ["late", "bool", ({ entry }) => entry.late],
];

type DayBalance = {
  readonly branch: BranchId;
  readonly account: string;
  readonly day: string;
  debit: number;
  credit: number;
};

async function addToBalances(lane: Lane, merchant: MerchantId, entries: readonly PostedEntry[]): Promise<void> {
  const balances = new Map<string, DayBalance>();
  for (const { postingDay: day, lines } of entries) {
    for (const { branch, account, side, amount } of lines) {
      const key = `${branch} ${account} ${day}`;
      const balance = balances.get(key) ?? { branch, account, day, debit: 0, credit: 0 };
      balance[side] += amount;
      balances.set(key, balance);
    }
  }
  const rows = [...balances].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  await lane.query({
    name: "add-to-account-balances",
    text: `
      INSERT INTO account_balance (merchant, branch, account, posting_day, debit, credit)
      SELECT $1::uuid, row.* FROM unnest($2::uuid[], $3::text[], $4::date[], $5::bigint[], $6::bigint[]) AS row
      ON CONFLICT (merchant, branch, account, posting_day) DO UPDATE
      SET debit = account_balance.debit + excluded.debit, credit = account_balance.credit + excluded.credit`,
    values: [
      merchant,
      arrayText(rows.map(({ branch }) => branch)),
      arrayText(rows.map(({ account }) => account)),
      arrayText(rows.map(({ day }) => day)),
      arrayText(rows.map(({ debit }) => debit)),
      arrayText(rows.map(({ credit }) => credit)),
    ],
  });
}
