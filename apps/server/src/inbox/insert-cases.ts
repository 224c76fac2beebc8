import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { IngestScope } from "../sync/pg-ingest-store.ts";
import type { CaseDraft } from "./case.ts";

/** Opens cases; one that is open already for the same kind and subject takes the newer details. */
export async function insertCases(
  tx: Tx,
  { merchant, recordedAt, newId }: IngestScope,
  cases: readonly CaseDraft[],
): Promise<void> {
  if (cases.length === 0) return;
  const bySubject = new Map(cases.map((draft) => [`${draft.kind} ${draft.subject}`, draft]));
  const rows = [...bySubject]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, draft]) => ({ ...draft, inbox_case: newId() }));
  await sql`
    INSERT INTO inbox_case (merchant, inbox_case, kind, subject, branch, details, opened_at)
    SELECT ${merchant}::uuid, inbox_case, kind, subject, branch, details, ${recordedAt}::timestamptz
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS row (inbox_case uuid, kind text, subject text, branch uuid, details jsonb)
    ON CONFLICT (merchant, kind, subject) WHERE closed_at IS NULL DO UPDATE SET details = excluded.details`.execute(tx);
}
