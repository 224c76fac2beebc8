import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import { isPersonalChannel } from "@holdfast/protocol/channel";
import type { Manifest } from "@holdfast/protocol/feed";
import { chunkDocumentsMax, retentionDays } from "@holdfast/protocol/limits";
import { CHUNK_FORMAT, encodeChunk } from "@holdfast/sync/chunk";
import type { CachedDocument } from "@holdfast/sync/ports";
import { sql } from "kysely";
import { type Db, inSnapshot, inTransaction, type Tx } from "../db/database.ts";
import { sha256Hex } from "../sync/signing.ts";
import { balancesOf, branchTips, channelCheck, channelHeads } from "./read.ts";

const compress = promisify(gzip);

/** A channel with fewer documents is read page by page: that is one or two requests anyway. */
const SNAPSHOT_DOCUMENTS_MIN = 2_000;
/** A snapshot is made anew when more than this part of its documents changed since. */
const STALE_PART = 0.05;
/** A terminal may have a stream for so long, and reckons what of it is contained here. */
const RETENTION_MINUTES = (retentionDays + 1) * 24 * 60;

export type SnapshotScope = {
  readonly db: Db;
  readonly merchant: MerchantId;
  readonly channel: string;
  readonly origin: string;
  /** ISO in UTC. */
  readonly at: string;
};

type Made = {
  readonly manifest: Manifest;
  readonly chunks: readonly { readonly sha256: string; readonly bytes: Buffer }[];
};

/** Snapshots that are being made, so that a hundred terminals after an outage ask for one making. */
const making = new Map<string, Promise<Manifest | null>>();

/**
 * The snapshot to start from, made when there is none or the one there is too old; null where the channel is small, and where
 * it is about people: chunks are kept as they come, by browsers too, and what says who somebody is must not be.
 */
export async function currentSnapshot(scope: SnapshotScope): Promise<Manifest | null> {
  if (isPersonalChannel(scope.channel)) return null;
  const stored = await storedManifest(scope);
  if (stored !== null) return stored;
  const key = `${scope.merchant} ${scope.channel} ${scope.origin}`;
  const running = making.get(key) ?? makeSnapshot(scope).finally(() => making.delete(key));
  making.set(key, running);
  return await running;
}

async function storedManifest({ db, merchant, channel, origin }: SnapshotScope): Promise<Manifest | null> {
  const { rows } = await sql<{ manifest: Manifest; head: number }>`
    SELECT s.manifest, h.rev AS head FROM snapshot s JOIN feed_head h USING (merchant, channel)
    WHERE s.merchant = ${merchant} AND s.channel = ${channel} AND s.origin = ${origin}
      AND (s.manifest ->> 'format')::int = ${CHUNK_FORMAT}`.execute(db);
  const row = rows[0];
  return row !== undefined && row.head - row.manifest.rev <= row.manifest.count * STALE_PART ? row.manifest : null;
}

async function makeSnapshot(scope: SnapshotScope): Promise<Manifest | null> {
  const { db, merchant, channel } = scope;
  const read = await inSnapshot(db, async (tx) => {
    const head = (await channelHeads(tx, merchant, [channel])).get(channel)?.rev ?? 0;
    const { count } = await channelCheck(tx, merchant, channel);
    if (count < SNAPSHOT_DOCUMENTS_MIN) return null;
    const acks = await branchTips(tx, merchant, { channel, minutes: RETENTION_MINUTES });
    return { head, acks, documents: await liveDocuments(tx, merchant, channel) };
  });
  if (read === null) return null;
  const made = await encode(scope, read);
  await inTransaction(db, (tx) => store(tx, scope, made));
  return made.manifest;
}

/** In the order of their ids, so that a chunk in which nothing changed keeps its hash and is not fetched again. */
async function liveDocuments(tx: Tx, merchant: MerchantId, channel: string): Promise<CachedDocument[]> {
  const { rows } = await sql<CachedDocument>`
    SELECT * FROM (
      SELECT kind, id, rev, body FROM feed
      WHERE merchant = ${merchant} AND channel = ${channel} AND deleted_at IS NULL
      UNION ALL
      ${balancesOf(merchant, channel)}
    ) AS live ORDER BY kind COLLATE "C", id COLLATE "C"`.execute(tx);
  return rows;
}

async function encode(
  { origin, channel }: SnapshotScope,
  { head, acks, documents }: Pick<Manifest, "acks"> & { head: number; documents: readonly CachedDocument[] },
): Promise<Made> {
  const chunks: { sha256: string; bytes: Buffer; count: number }[] = [];
  for (const part of parts(documents)) {
    const bytes = await compress(JSON.stringify(encodeChunk(part[0]?.kind ?? "", part)));
    chunks.push({ sha256: sha256Hex(bytes), bytes, count: part.length });
  }
  const listed = chunks.map(({ sha256, bytes, count }) => ({ sha256, bytes: bytes.length, count }));
  const count = documents.length;
  const made = { rev: head, format: CHUNK_FORMAT, count, acks, chunks: listed };
  const manifest: Manifest = { origin, channel, ...made, end: true };
  return { manifest, chunks };
}

function parts(documents: readonly CachedDocument[]): CachedDocument[][] {
  const found: CachedDocument[][] = [];
  for (const document of documents) {
    const last = found.at(-1);
    if (last === undefined || last[0]?.kind !== document.kind || last.length >= chunkDocumentsMax)
      found.push([document]);
    else last.push(document);
  }
  return found;
}

async function store(
  tx: Tx,
  { merchant, channel, origin, at }: SnapshotScope,
  { manifest, chunks }: Made,
): Promise<void> {
  for (const { sha256, bytes } of chunks) {
    await sql`
      INSERT INTO chunk (merchant, sha256, bytes, made_at) VALUES (${merchant}, decode(${sha256}, 'hex'), ${bytes}, ${at}::timestamptz)
      ON CONFLICT DO NOTHING`.execute(tx);
  }
  await sql`
    INSERT INTO snapshot (merchant, channel, origin, rev, manifest, made_at)
    VALUES (${merchant}, ${channel}, ${origin}, ${manifest.rev}, ${JSON.stringify(manifest)}::jsonb, ${at}::timestamptz)
    ON CONFLICT (merchant, channel) DO UPDATE
    SET origin = excluded.origin, rev = excluded.rev, manifest = excluded.manifest, made_at = excluded.made_at`.execute(
    tx,
  );
  await dropOldChunks(tx, merchant, at);
}

/** A chunk that no manifest names may still be on its way to someone who asked a while ago. */
const CHUNK_KEPT_HOURS = 24;

async function dropOldChunks(tx: Tx, merchant: MerchantId, at: string): Promise<void> {
  await sql`
    DELETE FROM chunk c WHERE c.merchant = ${merchant}
      AND c.made_at < ${at}::timestamptz - make_interval(hours => ${CHUNK_KEPT_HOURS})
      AND NOT EXISTS (
        SELECT 1 FROM snapshot s, jsonb_array_elements(s.manifest -> 'chunks') AS named
        WHERE s.merchant = c.merchant AND named ->> 'sha256' = encode(c.sha256, 'hex'))`.execute(tx);
}

export async function readChunk(db: Db, merchant: MerchantId, sha256: string): Promise<Buffer | null> {
  const { rows } = await sql<{ bytes: Buffer }>`
    SELECT bytes FROM chunk WHERE merchant = ${merchant} AND sha256 = decode(${sha256}, 'hex')`.execute(db);
  return rows[0]?.bytes ?? null;
}
