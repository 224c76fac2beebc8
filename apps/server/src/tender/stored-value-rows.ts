import type { Amount } from "@holdfast/domain/money/amount";
import type { MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { StoredValueKey, StoredValueRow } from "../sync/day-store.ts";

/** Cards with what is available of them and what is allotted, locked in key order; one nobody issued holds nothing. */
export async function lockStoredValueRows(
  tx: Tx,
  merchant: MerchantId,
  keys: readonly StoredValueKey[],
): Promise<StoredValueRow[]> {
  const sorted = [...keys].sort((a, b) => compare(a.kind, b.kind) || compare(a.code, b.code));
  const [kinds, codes] = [sorted.map(({ kind }) => kind), sorted.map(({ code }) => code)];
  await sql`
    INSERT INTO stored_value (merchant, kind, code, available)
    SELECT ${merchant}::uuid, kind, code, 0 FROM unnest(${kinds}::text[], ${codes}::text[]) AS key (kind, code)
    ON CONFLICT DO NOTHING`.execute(tx);
  const { rows } = await sql<StoredValueKey & { available: Amount }>`
    SELECT kind, code, available FROM stored_value
    WHERE merchant = ${merchant} AND (kind, code) IN (SELECT * FROM unnest(${kinds}::text[], ${codes}::text[]))
    ORDER BY kind COLLATE "C", code COLLATE "C" FOR UPDATE`.execute(tx);
  const allotments = await sql<StoredValueKey & { terminal: TerminalId; amount: Amount }>`
    SELECT kind, code, terminal, amount FROM allotment
    WHERE merchant = ${merchant} AND (kind, code) IN (SELECT * FROM unnest(${kinds}::text[], ${codes}::text[]))`.execute(
    tx,
  );
  return rows.map(({ kind, code, available }) => {
    const own = allotments.rows.filter((each) => each.kind === kind && each.code === code);
    return {
      kind,
      code,
      value: { available, allotted: new Map(own.map(({ terminal, amount }) => [terminal, amount])) },
    };
  });
}

export async function updateStoredValueRows(
  tx: Tx,
  { merchant, recordedAt }: { readonly merchant: MerchantId; readonly recordedAt: string },
  rows: readonly StoredValueRow[],
): Promise<void> {
  const cards = rows.map(({ kind, code, value }) => ({ kind, code, available: value.available }));
  await sql`
    UPDATE stored_value s SET available = row.available, issued_at = coalesce(s.issued_at, ${recordedAt}::timestamptz)
    FROM json_to_recordset(${JSON.stringify(cards)}::json) AS row (kind text, code text, available bigint)
    WHERE s.merchant = ${merchant} AND s.kind = row.kind AND s.code = row.code`.execute(tx);
  const allotments = rows.flatMap(({ kind, code, value }) =>
    [...value.allotted].map(([terminal, amount]) => ({ kind, code, terminal, amount })),
  );
  if (allotments.length === 0) return;
  await sql`
    INSERT INTO allotment (merchant, kind, code, terminal, amount)
    SELECT ${merchant}::uuid, kind, code, terminal, amount FROM json_to_recordset(${JSON.stringify(allotments)}::json)
      AS row (kind text, code text, terminal uuid, amount bigint)
    ON CONFLICT (merchant, kind, code, terminal) DO UPDATE SET amount = excluded.amount`.execute(tx);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
