import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Amount } from "@holdfast/domain/money/amount";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { type RawBuilder, sql } from "kysely";
import { Raced, type Tx } from "../db/database.ts";
import { insertCases } from "../inbox/insert-cases.ts";
import { insertJournalEntries } from "../ledger/insert-journal.ts";
import { insertSaleRows } from "../sale/insert-sales.ts";
import { insertStockMovements, lockStockPools, updateStockPools } from "../stock/stock-rows.ts";
import type { EntryPlace, IngestStore, SoldLine, StreamRow } from "./ingest-store.ts";

/** @param recordedAt the server's clock, ISO in UTC: one moment for everything that a batch writes */
export type IngestScope = { readonly merchant: MerchantId; readonly recordedAt: string; readonly newId: () => Uuid };

/** Rows travel as one JSON text a statement: the cheapest to build here and to read there. */
export function pgIngestStore(tx: Tx, scope: IngestScope): IngestStore {
  const { merchant } = scope;
  return {
    entryPlaces: (hashes) => entryPlaces(tx, merchant, hashes),
    streams: (streams) => heldStreams(tx, merchant, streams),
    streamsAfter: (hashes) => streamsAfter(tx, merchant, hashes),
    eventBodies: (events) => eventBodies(tx, merchant, events),
    branches: () => branchIds(tx, merchant),
    revokedTerminals: (terminals) => revokedTerminals(tx, merchant, terminals),
    soldLines: (lines) => soldLines(tx, merchant, lines),
    lockPools: (keys) => lockStockPools(tx, merchant, keys),
    insertStreams: (rows) => writeRows(rows, (json) => insertStreams(json, scope).execute(tx), streamJson),
    updateStreams: (rows) => writeRows(rows, (json) => updateStreams(json, scope).execute(tx), streamJson),
    insertEntries: async (lines) => {
      const rows = lines.map(({ line: { hash, raw, sig, entry }, courier }) => ({
        hash,
        stream: entry.stream,
        seq: entry.seq,
        event: entry.event,
        raw,
        sig: Buffer.from(sig, "base64url").toString("hex"),
        courier,
      }));
      const { rows: stored } = await insertEntries(JSON.stringify(rows), scope).execute(tx);
      if (stored.length !== rows.length) throw new Raced("another request stored some of these entries just now");
    },
    insertEvents: async (rows) => {
      if (rows.length === 0) return;
      const json = rows.map(({ line, terminal, status, code, message }) => ({
        event: line.entry.event,
        hash: line.hash,
        body_hash: line.bodyHash,
        type: line.entry.type,
        terminal,
        status,
        code,
        message,
      }));
      const { rows: stored } = await insertEvents(JSON.stringify(json), scope).execute(tx);
      if (stored.length !== json.length) throw new Raced("another request applied some of these events just now");
    },
    insertSales: (sales) => insertSaleRows(tx, scope, sales),
    insertJournal: (entries) => insertJournalEntries(tx, scope, entries),
    openCases: (cases) => insertCases(tx, scope, cases),
    takeRevisions: (counts) => takeRevisions(tx, merchant, counts),
    updatePools: (rows) => updateStockPools(tx, merchant, rows),
    insertMovements: (movements) => insertStockMovements(tx, scope, movements),
  };
}

async function writeRows<Row>(
  rows: readonly Row[],
  write: (json: string) => Promise<unknown>,
  toJson: (row: Row) => object,
): Promise<void> {
  if (rows.length > 0) await write(JSON.stringify(rows.map(toJson)));
}

async function entryPlaces(tx: Tx, merchant: MerchantId, hashes: readonly string[]): Promise<Map<string, EntryPlace>> {
  const { rows } = await sql<{ hash: string } & EntryPlace>`
    SELECT encode(hash, 'hex') AS hash, stream, seq FROM log_entry
    WHERE merchant = ${merchant} AND hash = ANY (SELECT decode(h, 'hex') FROM unnest(${hashes}::text[]) AS h)`.execute(
    tx,
  );
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

async function heldStreams(tx: Tx, merchant: MerchantId, streams: readonly Uuid[]): Promise<Map<Uuid, StreamRow>> {
  const { rows } = await sql<HeldStream>`
    SELECT stream, terminal, kid, tip_seq, encode(tip_hash, 'hex') AS tip_hash,
           after_stream, after_seq, encode(after_hash, 'hex') AS after_hash, forked
    FROM log_stream WHERE merchant = ${merchant} AND stream = ANY (${streams}::uuid[])
    ORDER BY stream FOR UPDATE`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.stream,
      {
        stream: row.stream,
        terminal: row.terminal,
        kid: row.kid,
        tip: { seq: row.tip_seq, hash: row.tip_hash },
        after:
          row.after_stream === null ? null : { stream: row.after_stream, seq: row.after_seq, hash: row.after_hash },
        forked: row.forked,
      },
    ]),
  );
}

async function streamsAfter(tx: Tx, merchant: MerchantId, hashes: readonly string[]): Promise<Map<string, Uuid[]>> {
  const { rows } = await sql<{ hash: string; streams: Uuid[] }>`
    SELECT encode(after_hash, 'hex') AS hash, array_agg(stream) AS streams FROM log_stream
    WHERE merchant = ${merchant} AND after_hash = ANY (SELECT decode(h, 'hex') FROM unnest(${hashes}::text[]) AS h)
    GROUP BY after_hash`.execute(tx);
  return new Map(rows.map(({ hash, streams }) => [hash, streams]));
}

async function eventBodies(tx: Tx, merchant: MerchantId, events: readonly Uuid[]): Promise<Map<Uuid, string>> {
  const { rows } = await sql<{ event: Uuid; body_hash: string }>`
    SELECT event, encode(body_hash, 'hex') AS body_hash FROM event
    WHERE merchant = ${merchant} AND event = ANY (${events}::uuid[])`.execute(tx);
  return new Map(rows.map(({ event, body_hash }) => [event, body_hash]));
}

async function branchIds(tx: Tx, merchant: MerchantId): Promise<ReadonlySet<BranchId>> {
  const { rows } = await sql<{ branch: BranchId }>`SELECT branch FROM branch WHERE merchant = ${merchant}`.execute(tx);
  return new Set(rows.map(({ branch }) => branch));
}

async function revokedTerminals(
  tx: Tx,
  merchant: MerchantId,
  terminals: readonly TerminalId[],
): Promise<ReadonlySet<TerminalId>> {
  const { rows } = await sql<{ terminal: TerminalId }>`
    SELECT terminal FROM terminal
    WHERE merchant = ${merchant} AND terminal = ANY (${terminals}::uuid[]) AND revoked_at IS NOT NULL`.execute(tx);
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

function streamJson({ stream, terminal, kid, tip, after, forked }: StreamRow): object {
  return {
    stream,
    terminal,
    kid,
    tip_seq: tip.seq,
    tip_hash: tip.hash,
    after_stream: after?.stream,
    after_seq: after?.seq,
    after_hash: after?.hash,
    forked,
  };
}

const STREAM_COLUMNS = sql.raw(
  "stream uuid, terminal uuid, kid text, tip_seq int, tip_hash text, after_stream uuid, after_seq int, after_hash text, forked boolean",
);

function insertStreams(json: string, { merchant, recordedAt }: IngestScope): RawBuilder<unknown> {
  return sql`
    INSERT INTO log_stream (merchant, stream, terminal, kid, tip_seq, tip_hash, after_stream, after_seq, after_hash, forked, opened_at, tip_at)
    SELECT ${merchant}::uuid, stream, terminal, kid, tip_seq, decode(tip_hash, 'hex'),
           after_stream, after_seq, decode(after_hash, 'hex'), forked, ${recordedAt}::timestamptz, ${recordedAt}::timestamptz
    FROM json_to_recordset(${json}::json) AS row (${STREAM_COLUMNS})
    ON CONFLICT DO NOTHING`;
}

function updateStreams(json: string, { merchant, recordedAt }: IngestScope): RawBuilder<unknown> {
  return sql`
    UPDATE log_stream s SET tip_seq = row.tip_seq, tip_hash = decode(row.tip_hash, 'hex'), forked = row.forked,
      tip_at = ${recordedAt}::timestamptz
    FROM json_to_recordset(${json}::json) AS row (${STREAM_COLUMNS})
    WHERE s.merchant = ${merchant} AND s.stream = row.stream`;
}

function insertEntries(json: string, { merchant, recordedAt }: IngestScope): RawBuilder<unknown> {
  return sql`
    INSERT INTO log_entry (merchant, hash, stream, seq, event, raw, sig, recorded_at, courier)
    SELECT ${merchant}::uuid, decode(hash, 'hex'), stream, seq, event, raw, decode(sig, 'hex'),
           ${recordedAt}::timestamptz, courier
    FROM json_to_recordset(${json}::json)
      AS row (hash text, stream uuid, seq int, event uuid, raw text, sig text, courier uuid)
    ON CONFLICT DO NOTHING RETURNING seq`;
}

function insertEvents(json: string, { merchant, recordedAt }: IngestScope): RawBuilder<unknown> {
  return sql`
    INSERT INTO event (merchant, event, hash, body_hash, type, terminal, status, code, message, recorded_at)
    SELECT ${merchant}::uuid, event, decode(hash, 'hex'), decode(body_hash, 'hex'), type, terminal, status, code, message,
           ${recordedAt}::timestamptz
    FROM json_to_recordset(${json}::json)
      AS row (event uuid, hash text, body_hash text, type text, terminal uuid, status text, code text, message text)
    ON CONFLICT DO NOTHING RETURNING type`;
}

/** The heads of the branch channels, in order and last: whoever waits here waits for a commit, so no cursor can skip. */
async function takeRevisions(
  tx: Tx,
  merchant: MerchantId,
  counts: ReadonlyMap<BranchId, number>,
): Promise<Map<BranchId, number>> {
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const first = new Map<BranchId, number>();
  for (const [branch, count] of sorted) {
    const { rows } = await sql<{ rev: number }>`
      INSERT INTO feed_head (merchant, channel, rev) VALUES (${merchant}, ${`b:${branch}`}, ${count})
      ON CONFLICT (merchant, channel) DO UPDATE SET rev = feed_head.rev + excluded.rev
      RETURNING rev`.execute(tx);
    first.set(branch, (rows[0]?.rev ?? 0) - count + 1);
  }
  return first;
}
