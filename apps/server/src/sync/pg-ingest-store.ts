import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Amount } from "@holdfast/domain/money/amount";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import { arrayText, type CopyColumn, copyRows } from "../db/copy.ts";
import type { Tx } from "../db/database.ts";
import type { IngestTransaction } from "../db/ingest-transaction.ts";
import type { Lane } from "../db/lane.ts";
import { insertCases } from "../inbox/insert-cases.ts";
import { insertJournalEntries } from "../ledger/insert-journal.ts";
import { insertSaleRows } from "../sale/insert-sales.ts";
import { insertStockMovements, lockStockPools, updateStockPools } from "../stock/stock-rows.ts";
import type { EntryPlace, EventRow, IngestStore, SoldLine, StreamRow } from "./ingest-store.ts";
import { pgDayStore } from "./pg-day-store.ts";
import type { FreshLine } from "./walk-chains.ts";

/** @param recordedAt the server's clock, ISO in UTC: one moment for everything that a batch writes */
export type IngestScope = { readonly merchant: MerchantId; readonly recordedAt: string; readonly newId: () => Uuid };

/** What every batch does goes straight to the driver: prepared statements, and rows by COPY. The rest uses the builder. */
export function pgIngestStore({ lane, tx }: IngestTransaction, scope: IngestScope): IngestStore {
  const { merchant } = scope;
  return {
    day: pgDayStore(tx, scope),
    entryPlaces: (hashes) => entryPlaces(lane, merchant, hashes),
    streams: (streams) => heldStreams(lane, merchant, streams),
    streamsAfter: (hashes) => streamsAfter(tx, merchant, hashes),
    eventBodies: (events) => eventBodies(lane, merchant, events),
    branches: () => branchIds(lane, merchant),
    revokedTerminals: (terminals) => revokedTerminals(lane, merchant, terminals),
    soldLines: (lines) => soldLines(tx, merchant, lines),
    lockPools: (keys) => lockStockPools(lane, merchant, keys),
    insertStreams: (rows) => insertStreams(lane, scope, rows),
    updateStreams: (rows) => updateStreams(lane, scope, rows),
    insertEntries: (lines) => insertEntries(lane, scope, lines),
    insertEvents: (rows) => insertEvents(lane, scope, rows),
    insertSales: (sales) => insertSaleRows(lane, scope, sales),
    insertJournal: (entries) => insertJournalEntries(lane, scope, entries),
    openCases: (cases) => insertCases(tx, scope, cases),
    takeRevisions: (counts) => takeRevisions(lane, merchant, counts),
    updatePools: (rows) => updateStockPools(lane, merchant, rows),
    insertMovements: (movements) => insertStockMovements(lane, scope, movements),
  };
}

async function entryPlaces(
  lane: Lane,
  merchant: MerchantId,
  hashes: readonly string[],
): Promise<Map<string, EntryPlace>> {
  const { rows } = await lane.query<{ hash: string } & EntryPlace>({
    name: "entry-places",
    text: `
      SELECT encode(hash, 'hex') AS hash, stream, seq FROM log_entry
      WHERE merchant = $1::uuid AND hash = ANY (SELECT decode(h, 'hex') FROM unnest($2::text[]) AS h)`,
    values: [merchant, arrayText(hashes)],
  });
  return new Map(rows.map(({ hash, stream, seq }) => [hash, { stream, seq }]));
}

type HeldStream = {
  stream: Uuid;
  terminal: TerminalId;
  kid: string;
  tip_seq: number;
  tip_hash: string;
  after_stream: Uuid | null;
  after_seq: number;
  after_hash: string;
  forked: boolean;
};

async function heldStreams(lane: Lane, merchant: MerchantId, streams: readonly Uuid[]): Promise<Map<Uuid, StreamRow>> {
  const { rows } = await lane.query<HeldStream>({
    name: "held-streams",
    text: `
      SELECT stream, terminal, kid, tip_seq, encode(tip_hash, 'hex') AS tip_hash,
             after_stream, after_seq, encode(after_hash, 'hex') AS after_hash, forked
      FROM log_stream WHERE merchant = $1::uuid AND stream = ANY ($2::uuid[])
      ORDER BY stream FOR UPDATE`,
    values: [merchant, arrayText(streams)],
  });
  return new Map(rows.map((row) => [row.stream, readStream(row)]));
}

function readStream(row: HeldStream): StreamRow {
  return {
    stream: row.stream,
    terminal: row.terminal,
    kid: row.kid,
    tip: { seq: row.tip_seq, hash: row.tip_hash },
    after: row.after_stream === null ? null : { stream: row.after_stream, seq: row.after_seq, hash: row.after_hash },
    forked: row.forked,
  };
}

async function streamsAfter(tx: Tx, merchant: MerchantId, hashes: readonly string[]): Promise<Map<string, Uuid[]>> {
  const { rows } = await sql<{ hash: string; streams: Uuid[] }>`
    SELECT encode(after_hash, 'hex') AS hash, array_agg(stream) AS streams FROM log_stream
    WHERE merchant = ${merchant} AND after_hash = ANY (SELECT decode(h, 'hex') FROM unnest(${hashes}::text[]) AS h)
    GROUP BY after_hash`.execute(tx);
  return new Map(rows.map(({ hash, streams }) => [hash, streams]));
}

async function eventBodies(lane: Lane, merchant: MerchantId, events: readonly Uuid[]): Promise<Map<Uuid, string>> {
  const { rows } = await lane.query<{ event: Uuid; body_hash: string }>({
    name: "event-bodies",
    text: `
      SELECT event, encode(body_hash, 'hex') AS body_hash FROM event
      WHERE merchant = $1::uuid AND event = ANY ($2::uuid[])`,
    values: [merchant, arrayText(events)],
  });
  return new Map(rows.map(({ event, body_hash }) => [event, body_hash]));
}

async function branchIds(lane: Lane, merchant: MerchantId): Promise<ReadonlySet<BranchId>> {
  const { rows } = await lane.query<{ branch: BranchId }>({
    name: "branch-ids",
    text: "SELECT branch FROM branch WHERE merchant = $1::uuid",
    values: [merchant],
  });
  return new Set(rows.map(({ branch }) => branch));
}

async function revokedTerminals(
  lane: Lane,
  merchant: MerchantId,
  terminals: readonly TerminalId[],
): Promise<ReadonlySet<TerminalId>> {
  const { rows } = await lane.query<{ terminal: TerminalId }>({
    name: "revoked-terminals",
    text: `
      SELECT terminal FROM terminal
      WHERE merchant = $1::uuid AND terminal = ANY ($2::uuid[]) AND revoked_at IS NOT NULL`,
    values: [merchant, arrayText(terminals)],
  });
  return new Set(rows.map(({ terminal }) => terminal));
}

async function soldLines(
  tx: Tx,
  merchant: MerchantId,
  lines: readonly { readonly sale: Uuid; readonly line: number }[],
): Promise<SoldLine[]> {
  if (lines.length === 0) return [];
  const { rows } = await sql<{ sale: Uuid; line: number; variant: VariantId; cost: number; units: number }>`
    SELECT document AS sale, line, variant, cost, abs(units) AS units FROM stock_movement
    WHERE merchant = ${merchant} AND cause = 'sale'
      AND (document, line) IN (SELECT * FROM unnest(${lines.map(({ sale }) => sale)}::uuid[], ${lines.map(({ line }) => line)}::int[]))
  `.execute(tx);
  return rows.map((row) => ({ ...row, cost: row.cost as Amount }));
}

type Scoped<Row> = { readonly scope: IngestScope; readonly row: Row };

function scoped<Row>(scope: IngestScope, rows: readonly Row[]): Scoped<Row>[] {
  return rows.map((row) => ({ scope, row }));
}

async function insertStreams(lane: Lane, scope: IngestScope, rows: readonly StreamRow[]): Promise<void> {
  copyRows(lane, { table: "log_stream", columns: STREAM_COLUMNS }, scoped(scope, rows));
}

const STREAM_COLUMNS: readonly CopyColumn<Scoped<StreamRow>>[] = [
  ["merchant", "uuid", ({ scope }) => scope.merchant],
  ["stream", "uuid", ({ row }) => row.stream],
  ["terminal", "uuid", ({ row }) => row.terminal],
  ["kid", "text", ({ row }) => row.kid],
  ["tip_seq", "int4", ({ row }) => row.tip.seq],
  ["tip_hash", "bytea", ({ row }) => row.tip.hash],
  ["after_stream", "uuid", ({ row }) => row.after?.stream ?? null],
  ["after_seq", "int4", ({ row }) => row.after?.seq ?? null],
  ["after_hash", "bytea", ({ row }) => row.after?.hash ?? null],
  ["forked", "bool", ({ row }) => row.forked],
  ["opened_at", "timestamptz", ({ scope }) => scope.recordedAt],
  ["tip_at", "timestamptz", ({ scope }) => scope.recordedAt],
];

async function updateStreams(
  lane: Lane,
  { merchant, recordedAt }: IngestScope,
  rows: readonly StreamRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await lane.query({
    name: "update-streams",
    text: `
      UPDATE log_stream s
      SET tip_seq = row.tip_seq, tip_hash = decode(row.tip_hash, 'hex'), forked = row.forked, tip_at = $2::timestamptz
      FROM unnest($3::uuid[], $4::int[], $5::text[], $6::boolean[]) AS row (stream, tip_seq, tip_hash, forked)
      WHERE s.merchant = $1::uuid AND s.stream = row.stream`,
    values: [
      merchant,
      recordedAt,
      arrayText(rows.map(({ stream }) => stream)),
      arrayText(rows.map(({ tip }) => tip.seq)),
      arrayText(rows.map(({ tip }) => tip.hash)),
      arrayText(rows.map(({ forked }) => String(forked))),
    ],
  });
}

async function insertEntries(lane: Lane, scope: IngestScope, lines: readonly FreshLine[]): Promise<void> {
  copyRows(lane, { table: "log_entry", columns: ENTRY_COLUMNS }, scoped(scope, lines));
}

const ENTRY_COLUMNS: readonly CopyColumn<Scoped<FreshLine>>[] = [
  ["merchant", "uuid", ({ scope }) => scope.merchant],
  ["hash", "bytea", ({ row }) => row.line.hash],
  ["stream", "uuid", ({ row }) => row.line.entry.stream],
  ["seq", "int4", ({ row }) => row.line.entry.seq],
  ["event", "uuid", ({ row }) => row.line.entry.event],
  ["raw", "text", ({ row }) => row.line.raw],
  ["sig", "bytea", ({ row }) => Buffer.from(row.line.sig, "base64url").toString("hex")],
  ["recorded_at", "timestamptz", ({ scope }) => scope.recordedAt],
  ["courier", "uuid", ({ row }) => row.courier],
];

async function insertEvents(lane: Lane, scope: IngestScope, rows: readonly EventRow[]): Promise<void> {
  copyRows(lane, { table: "event", columns: EVENT_COLUMNS }, scoped(scope, rows));
}

const EVENT_COLUMNS: readonly CopyColumn<Scoped<EventRow>>[] = [
  ["merchant", "uuid", ({ scope }) => scope.merchant],
  ["event", "uuid", ({ row }) => row.line.entry.event],
  ["hash", "bytea", ({ row }) => row.line.hash],
  ["body_hash", "bytea", ({ row }) => row.line.bodyHash],
  ["type", "text", ({ row }) => row.line.entry.type],
  ["terminal", "uuid", ({ row }) => row.terminal],
  ["status", "text", ({ row }) => row.status],
  ["code", "text", ({ row }) => row.code],
  ["message", "text", ({ row }) => row.message],
  ["recorded_at", "timestamptz", ({ scope }) => scope.recordedAt],
];

/** The heads of the branch channels, in order and last: whoever waits here waits for a commit, so no cursor can skip (INV-08). */
async function takeRevisions(
  lane: Lane,
  merchant: MerchantId,
  counts: ReadonlyMap<BranchId, number>,
): Promise<Map<BranchId, number>> {
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const first = new Map<BranchId, number>();
  for (const [branch, count] of sorted) {
    const { rows } = await lane.query<{ rev: number }>({
      name: "take-revisions",
      text: `
        INSERT INTO feed_head (merchant, channel, rev) VALUES ($1::uuid, $2, $3)
        ON CONFLICT (merchant, channel) DO UPDATE SET rev = feed_head.rev + excluded.rev
        RETURNING rev`,
      values: [merchant, `b:${branch}`, count],
    });
    first.set(branch, (rows[0]?.rev ?? 0) - count + 1);
  }
  return first;
}
