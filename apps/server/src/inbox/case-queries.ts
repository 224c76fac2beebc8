import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import { receiptNumberSchema } from "@holdfast/protocol/events/receipt-number";
import type {
  CaseDetail,
  CaseListQuery,
  OfficeCase,
  Oversold,
  Quarantine,
  Resolution,
} from "@holdfast/protocol/office/cases";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { CaseDraft, CaseKind } from "./case.ts";

/** Where a page of cases, or of quarantined records, ended. */
export type CaseKey = readonly [at: string, id: string];

type StoredCase = Omit<OfficeCase, "openedAt" | "closedAt" | "about"> & {
  readonly name: string | null;
  readonly opened_at: Date;
  readonly closed_at: Date | null;
};

const CASE_COLUMNS = sql`
  inbox_case AS "case", kind, subject, branch, opened_at, closed_at, resolution, details,
  coalesce(
    (SELECT v.name FROM variant v WHERE v.merchant = inbox_case.merchant 
       AND v.variant = CASE kind WHEN 'oversold' THEN (details ->> 'variant')::uuid END),
    (SELECT t.name FROM terminal t WHERE t.merchant = inbox_case.merchant
       AND t.terminal::text = coalesce(details ->> 'terminal', CASE kind WHEN 'terminal-fork' THEN subject END))) AS name`;

/** Open cases, the oldest first: it has waited longest. Closed ones, the newest first. */
export async function listedCases(
  tx: Tx,
  { merchant, state }: { readonly merchant: MerchantId; readonly state: CaseListQuery["state"] },
  { after, limit }: { readonly after: CaseKey | null; readonly limit: number },
): Promise<OfficeCase[]> {
  const place = after === null ? null : sql`(${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const page =
    state === "open"
      ? sql`AND closed_at IS NULL ${place === null ? sql`` : sql`AND (opened_at, inbox_case) > ${place}`}
            ORDER BY opened_at, inbox_case`
      : sql`AND closed_at IS NOT NULL ${place === null ? sql`` : sql`AND (closed_at, inbox_case) < ${place}`}
            ORDER BY closed_at DESC, inbox_case DESC`;
  const { rows } = await sql<StoredCase>`
    SELECT ${CASE_COLUMNS} FROM inbox_case WHERE merchant = ${merchant} ${page} LIMIT ${limit + 1}`.execute(tx);
  return rows.map(readCase);
}

export async function caseOf(tx: Tx, merchant: MerchantId, id: Uuid): Promise<OfficeCase | null> {
  const { rows } = await sql<StoredCase>`
    SELECT ${CASE_COLUMNS} FROM inbox_case WHERE merchant = ${merchant} AND inbox_case = ${id}`.execute(tx);
  return rows[0] === undefined ? null : readCase(rows[0]);
}

/** Kinds of cases whose subject is a sale. */
const SALE_KINDS = [
  "calc-difference",
  "unidentified-item",
  "late-sale",
  "price-drift",
  "rights-breach",
  "double-return",
];

export async function openCasesAbout(tx: Tx, merchant: MerchantId, sale: Uuid): Promise<OfficeCase[]> {
  const { rows } = await sql<StoredCase>`
    SELECT ${CASE_COLUMNS} FROM inbox_case
    WHERE merchant = ${merchant} AND kind = ANY (${SALE_KINDS}::text[]) AND subject = ${sale} AND closed_at IS NULL
    ORDER BY opened_at, inbox_case`.execute(tx);
  return rows.map(readCase);
}

/** Closes an open case; null where it is closed already, or is none. */
export async function closeCase(
  tx: Tx,
  { merchant, id }: { readonly merchant: MerchantId; readonly id: Uuid },
  resolution: Resolution,
): Promise<OfficeCase | null> {
  const { rows } = await sql<StoredCase>`
    UPDATE inbox_case SET closed_at = ${resolution.at}::timestamptz, resolution = ${JSON.stringify(resolution)}::jsonb
    WHERE merchant = ${merchant} AND inbox_case = ${id} AND closed_at IS NULL
    RETURNING ${CASE_COLUMNS}`.execute(tx);
  return rows[0] === undefined ? null : readCase(rows[0]);
}

/** Closes the open case of this kind about a subject, where there is one. */
export async function closeCaseAbout(
  tx: Tx,
  { merchant, kind, subject }: { readonly merchant: MerchantId; readonly kind: CaseKind; readonly subject: string },
  resolution: Resolution,
): Promise<void> {
  await sql`
    UPDATE inbox_case SET closed_at = ${resolution.at}::timestamptz, resolution = ${JSON.stringify(resolution)}::jsonb
    WHERE merchant = ${merchant} AND kind = ${kind} AND subject = ${subject} AND closed_at IS NULL`.execute(tx);
}

export type LatestCase = CaseDraft & { readonly case: Uuid; readonly closedAt: Date | null };

/** Of each subject of these kinds, the case that was opened last. */
export async function latestCases(tx: Tx, merchant: MerchantId, kinds: readonly CaseKind[]): Promise<LatestCase[]> {
  const { rows } = await sql<LatestCase>`
    SELECT DISTINCT ON (kind, subject) inbox_case AS "case", kind, subject, branch, details, closed_at AS "closedAt"
    FROM inbox_case WHERE merchant = ${merchant} AND kind = ANY (${kinds}::text[])
    ORDER BY kind, subject, opened_at DESC`.execute(tx);
  return rows;
}

function readCase({ opened_at, closed_at, name, ...row }: StoredCase): OfficeCase {
  const number = receiptNumberSchema.safeParse(row.details.number);
  return {
    ...row,
    about: number.success ? receiptNumberToText(number.data) : name,
    openedAt: opened_at.toISOString(),
    closedAt: closed_at?.toISOString() ?? null,
  };
}

/** The record of an event, where the case is about one. */
export async function recordOfEvent(tx: Tx, merchant: MerchantId, event: string): Promise<CaseDetail["record"]> {
  const { rows } = await sql<{ raw: string; terminalName: string; recorded_at: Date }>`
    SELECT e.raw, t.name AS "terminalName", e.recorded_at
    FROM event v JOIN log_entry e USING (merchant, hash) JOIN terminal t USING (merchant, terminal)
    WHERE v.merchant = ${merchant} AND v.event::text = ${event}`.execute(tx);
  const row = rows[0];
  return row === undefined
    ? null
    : { raw: row.raw, terminalName: row.terminalName, recordedAt: row.recorded_at.toISOString() };
}

export async function stockOf(
  tx: Tx,
  {
    merchant,
    branch,
    variant,
  }: { readonly merchant: MerchantId; readonly branch: BranchId; readonly variant: VariantId },
): Promise<Omit<Oversold, "movements"> | null> {
  const { rows } = await sql<Omit<Oversold, "movements">>`
    SELECT v.variant, v.name, v.sku, v.unit, b.units AS "onHand", b.scale
    FROM stock_balance b JOIN variant v USING (merchant, variant)
    WHERE b.merchant = ${merchant} AND b.branch = ${branch} AND b.variant = ${variant}`.execute(tx);
  return rows[0] ?? null;
}

export async function quarantinedRecords(
  tx: Tx,
  merchant: MerchantId,
  { after, limit }: { readonly after: CaseKey | null; readonly limit: number },
): Promise<Quarantine["records"]> {
  const { rows } = await sql<Omit<Quarantine["records"][number], "recordedAt"> & { recorded_at: Date }>`
    SELECT v.event, v.type, v.code, coalesce(v.message, '') AS message, v.terminal, t.name AS "terminalName",
           v.recorded_at, e.raw
    FROM event v JOIN log_entry e USING (merchant, hash) JOIN terminal t USING (merchant, terminal)
    WHERE v.merchant = ${merchant} AND v.status = 'quarantined'
      ${after === null ? sql`` : sql`AND (v.recorded_at, v.event) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    ORDER BY v.recorded_at DESC, v.event DESC LIMIT ${limit + 1}`.execute(tx);
  return rows.map(({ recorded_at, ...row }) => ({ ...row, recordedAt: recorded_at.toISOString() }));
}
