import { gzipSync } from "node:zlib";
import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import { type Cursor, parseCursor } from "@holdfast/protocol/channel";
import type { Tip } from "@holdfast/protocol/entry";
import type { FeedDocument, FeedPage, FeedReply, Manifest, ResetReason } from "@holdfast/protocol/feed";
import { CHUNK_FORMAT, encodeChunk } from "@holdfast/sync/chunk";
import { sha256Hex } from "../../../apps/server/src/sync/signing.ts";
import type { MemoryDatabase } from "../../../apps/server/src/testing/memory-database.ts";

/** The feed as `sync.md` §3 has it, over the tables in memory: each document once, at its latest revision. */

export type FeedQuestion = {
  readonly terminal: TerminalId;
  readonly subscribed: readonly string[];
  readonly asked: readonly { readonly channel: string; readonly cursor: Cursor | null }[];
  readonly check: boolean;
  readonly limit: number;
};

export function parseAsked(values: readonly string[]): FeedQuestion["asked"] {
  return values.map((value) => {
    const at = value.lastIndexOf("@");
    return { channel: value.slice(0, at), cursor: parseCursor(value.slice(at + 1)) };
  });
}

export function readFeed(
  db: MemoryDatabase,
  { terminal, subscribed, asked, check, limit }: FeedQuestion,
): Pick<FeedReply, "channels" | "reset"> {
  const channels: FeedReply["channels"] = {};
  const reset: FeedReply["reset"] = {};
  for (const { channel, cursor } of asked) {
    const head = db.heads.get(channel) ?? 0;
    const reason = subscribed.includes(channel) ? resetReason(db, cursor, head) : "unsubscribed";
    if (reason !== null) {
      reset[channel] = reason;
      continue;
    }
    const page = readPage(db, channel, { from: cursor?.rev ?? 0, limit });
    channels[channel] = page;
    if (page.to < head) continue;
    channels[channel] = { ...page, acks: streamTips(db, terminal) };
    if (check) channels[channel].check = channelCheck(db, channel);
  }
  return { channels, reset };
}

function resetReason(db: MemoryDatabase, cursor: Cursor | null, head: number): ResetReason | null {
  if (cursor === null) return null;
  if (cursor.origin !== db.origin) return "origin";
  return cursor.rev > head ? "ahead" : null;
}

export function readPage(
  db: MemoryDatabase,
  channel: string,
  { from, limit }: { readonly from: number; readonly limit: number },
): FeedPage {
  const head = db.heads.get(channel) ?? 0;
  const changed = documentsOf(db, channel)
    .filter(({ rev }) => rev > from)
    .sort((a, b) => a.rev - b.rev);
  const docs = changed.slice(0, limit);
  const to = changed.length > limit ? (docs.at(-1)?.rev ?? from) : head;
  return { from, to, head, docs };
}

/** Stock balances are documents of their branch's channel without a second copy. */
export function documentsOf(db: MemoryDatabase, channel: string): FeedDocument[] {
  const documents: FeedDocument[] = [];
  for (const { channel: of, kind, id, rev, body } of db.feed.values()) {
    if (of !== channel) continue;
    documents.push(body === null ? { kind, id, rev, deleted: true, body: null } : { kind, id, rev, body });
  }
  if (!channel.startsWith("b:")) return documents;
  for (const { branch, variant, pool, scale, rev } of db.pools.values()) {
    if (rev === 0 || `b:${branch}` !== channel) continue;
    documents.push({ kind: "stock", id: variant, rev, body: { variant, units: pool.units, scale } });
  }
  return documents;
}

function channelCheck(db: MemoryDatabase, channel: string): { count: number; revSum: string } {
  const live = documentsOf(db, channel).filter(({ deleted }) => deleted !== true);
  return { count: live.length, revSum: String(live.reduce((sum, { rev }) => sum + rev, 0)) };
}

function streamTips(db: MemoryDatabase, terminal: TerminalId): Record<string, Tip> {
  const tips: Record<string, Tip> = {};
  for (const row of db.streams.values()) if (row.terminal === terminal) tips[row.stream] = row.tip;
  return tips;
}

/** The same for every terminal of a branch: for live events, which are made once for all. */
export function branchTips(
  db: MemoryDatabase,
  branch: BranchId,
  isRecent: (stream: string) => boolean,
): Record<string, Tip> {
  const tips: Record<string, Tip> = {};
  for (const { stream, terminal, tip } of db.streams.values())
    if (isRecent(stream) && db.terminals.get(terminal)?.branch === branch) tips[stream] = tip;
  return tips;
}

export type Snapshot = { readonly manifest: Manifest; readonly chunks: ReadonlyMap<string, Uint8Array<ArrayBuffer>> };

/** A snapshot of a channel in chunks of so many documents of one kind. */
export function makeSnapshot(db: MemoryDatabase, channel: string, documentsMax: number): Snapshot {
  const live = documentsOf(db, channel)
    .filter(({ deleted }) => deleted !== true)
    .sort((a, b) => (`${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1));
  const chunks = new Map<string, Uint8Array<ArrayBuffer>>();
  const listed: Manifest["chunks"] = [];
  for (let start = 0; start < live.length; ) {
    const kind = live[start]?.kind ?? "";
    const part = live.slice(start, start + documentsMax).filter((each) => each.kind === kind);
    const bytes = new Uint8Array(gzipSync(JSON.stringify(encodeChunk(kind, part)), { level: 1 }));
    const sha256 = sha256Hex(bytes);
    chunks.set(sha256, bytes);
    listed.push({ sha256, bytes: bytes.length, count: part.length });
    start += part.length;
  }
  const rev = db.heads.get(channel) ?? 0;
  const acks = channel.startsWith("b:") ? branchTips(db, channel.slice(2) as BranchId, () => true) : {};
  const made = { rev, format: CHUNK_FORMAT, count: live.length, acks, chunks: listed };
  return { manifest: { origin: db.origin, channel, ...made, end: true }, chunks };
}
