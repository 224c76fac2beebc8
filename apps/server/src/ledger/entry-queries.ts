import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import type {
  AccountLines,
  AccountLinesQuery,
  Entries,
  OfficeEntry,
  TrialBalance,
} from "@holdfast/protocol/office/ledger";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";

type StoredEntry = Omit<OfficeEntry, "occurredAt" | "recordedAt"> & {
  readonly occurred_at: Date;
  readonly recorded_at: Date;
};

/** What a document posted, with the names of the accounts; revenue before cost. */
export async function entriesOf(tx: Tx, merchant: MerchantId, source: Uuid): Promise<OfficeEntry[]> {
  const { rows } = await sql<StoredEntry>`
    SELECT e.source, e.kind, e.posting_day AS "postingDay", e.occurred_at, e.recorded_at, e.currency, e.late,
      (SELECT json_agg(json_build_object('account', l.account, 'code', a.code, 'name', a.name, 'type', a.type,
                'branch', l.branch, 'debit', l.debit, 'credit', l.credit,
                'dimensions', e.dimensions -> (l.position::int - 1)) ORDER BY l.position)
       FROM unnest(e.accounts, e.branches, e.debits, e.credits) WITH ORDINALITY AS l (account, branch, debit, credit, position)
       JOIN account a ON a.merchant = e.merchant AND a.account = l.account) AS lines
    FROM journal_entry e
    WHERE e.merchant = ${merchant} AND e.source = ${source}
    ORDER BY e.recorded_at, e.kind <> 'rev', e.kind`.execute(tx);
  return rows.map(({ occurred_at, recorded_at, ...entry }) => ({
    ...entry,
    occurredAt: occurred_at.toISOString(),
    recordedAt: recorded_at.toISOString(),
  }));
}

/** The number on the receipt, where the document is a sale. */
export async function receiptNumberOf(tx: Tx, merchant: MerchantId, document: Uuid): Promise<Entries["sale"]> {
  const { rows } = await sql<NonNullable<Entries["sale"]>>`
    SELECT series, number, stream_tag AS stream FROM sale
    WHERE merchant = ${merchant} AND sale = ${document}`.execute(tx);
  return rows[0] ?? null;
}

/** The sums of every account that was ever touched, up to and with a day. */
export async function accountSums(
  tx: Tx,
  merchant: MerchantId,
  { day, branch }: { readonly day: string; readonly branch: BranchId | null },
): Promise<TrialBalance["accounts"]> {
  const { rows } = await sql<TrialBalance["accounts"][number]>`
    SELECT a.account, a.code, a.name, a.type, sum(b.debit)::bigint AS debit, sum(b.credit)::bigint AS credit
    FROM account_balance b JOIN account a USING (merchant, account)
    WHERE b.merchant = ${merchant} AND b.posting_day <= ${day}::date ${branch === null ? sql`` : sql`AND b.branch = ${branch}`}
    GROUP BY a.account, a.code, a.name, a.type
    ORDER BY a.code`.execute(tx);
  return rows;
}

export async function accountNamed(
  tx: Tx,
  merchant: MerchantId,
  account: string,
): Promise<AccountLines["account"] | null> {
  const { rows } = await sql<AccountLines["account"]>`
    SELECT account, code, name, type FROM account WHERE merchant = ${merchant} AND account = ${account}`.execute(tx);
  return rows[0] ?? null;
}

/** Where a page of an account's lines ended: the newest posting day first. */
export type LineKey = readonly [postingDay: string, source: string, kind: string, position: number];

type AccountLine = AccountLines["lines"][number];
type StoredLine = Omit<AccountLine, "occurredAt" | "sale"> & {
  readonly occurred_at: Date;
  readonly series: string | null;
  readonly number: number;
  readonly stream: string;
};

/** An account's lines, from a place on, and one more than asked for. */
export async function linesOfAccount(
  tx: Tx,
  {
    merchant,
    account,
    from,
    to,
    branch,
  }: Omit<AccountLinesQuery, "after" | "limit"> & {
    readonly merchant: MerchantId;
    readonly account: string;
  },
  { after, limit }: { readonly after: LineKey | null; readonly limit: number },
): Promise<AccountLine[]> {
  const { rows } = await sql<StoredLine>`
    SELECT j.source, j.kind, j.position, j.posting_day AS "postingDay", j.occurred_at, j.branch, j.debit, j.credit,
           j.dimensions, s.series, s.number, s.stream_tag AS stream
    FROM journal_line j LEFT JOIN sale s ON s.merchant = j.merchant AND s.sale = j.source
    WHERE j.merchant = ${merchant} AND j.account = ${account}
      ${from === undefined ? sql`` : sql`AND j.posting_day >= ${from}::date`}
      ${to === undefined ? sql`` : sql`AND j.posting_day <= ${to}::date`}
      ${branch === undefined ? sql`` : sql`AND j.branch = ${branch}`}
      ${
        after === null
          ? sql``
          : sql`AND (j.posting_day, j.source, j.kind, j.position)
                  < (${after[0]}::date, ${after[1]}::uuid, ${after[2]}, ${after[3]})`
      }
    ORDER BY j.posting_day DESC, j.source DESC, j.kind DESC, j.position DESC LIMIT ${limit + 1}`.execute(tx);
  return rows.map(({ occurred_at, series, number, stream, ...line }) => ({
    ...line,
    occurredAt: occurred_at.toISOString(),
    sale: series === null ? null : { series, number, stream },
  }));
}
