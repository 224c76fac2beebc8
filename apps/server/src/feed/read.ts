import type { MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { Tip } from "@holdfast/protocol/entry";
import type { FeedDocument, FeedPage } from "@holdfast/protocol/feed";
import { retentionDays } from "@holdfast/protocol/limits";
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../db/database.ts";

/** Revisions behind which a page looks at every balance rather than at every movement. */
const FAR_BEHIND = 20_000;

export type Head = { readonly channel: string; readonly rev: number; readonly prunedRev: number };

export async function channelHeads(
  tx: Tx,
  merchant: MerchantId,
  channels: readonly string[],
): Promise<Map<string, Head>> {
  const { rows } = await sql<Head>`
    SELECT channel, rev, pruned_rev AS "prunedRev" FROM feed_head
    WHERE merchant = ${merchant} AND channel = ANY (${channels}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.channel, row]));
}

export type PageQuery = {
  readonly channel: string;
  readonly from: number;
  readonly head: number;
  readonly limit: number;
};

/** One page of a channel. Run it in the snapshot that read the head: then `to = head` means the copy is complete. */
export async function readPage(
  tx: Tx,
  merchant: MerchantId,
  { channel, from, head, limit }: PageQuery,
): Promise<FeedPage> {
  const documents = await documentsAfter(tx, merchant, { channel, from, head, limit });
  const docs = documents.slice(0, limit);
  const to = documents.length > limit ? (docs.at(-1)?.rev ?? from) : head;
  return { from, to, head, docs };
}

/**
 * Stock balances are documents of their branch's channel without a second copy: each carries its own revision, and which
 * changed is told by the movements, whose revisions only ever grow. From far behind it is quicker to look at all balances.
 */
async function documentsAfter(
  tx: Tx,
  merchant: MerchantId,
  { channel, from, head, limit }: PageQuery,
): Promise<FeedDocument[]> {
  const branch = branchOf(channel);
  const moved = sql`
    AND variant IN (SELECT variant FROM stock_movement WHERE merchant = ${merchant} AND branch = ${branch}::uuid AND rev > ${from})`;
  const stock =
    branch === null
      ? sql``
      : sql`
      UNION ALL
      (SELECT 'stock', variant::text, rev, false, ${BALANCE_BODY}
       FROM stock_balance WHERE merchant = ${merchant} AND branch = ${branch}::uuid AND rev > ${from}
       ${head - from > FAR_BEHIND ? sql`` : moved}
       ORDER BY rev LIMIT ${limit + 1})`;
  const { rows } = await sql<{ kind: string; id: string; rev: number; deleted: boolean; body: unknown }>`
    SELECT * FROM (
      (SELECT kind, id, rev, deleted_at IS NOT NULL AS deleted, body
       FROM feed WHERE merchant = ${merchant} AND channel = ${channel} AND rev > ${from}
       ORDER BY rev LIMIT ${limit + 1})
      ${stock}
    ) AS document
    ORDER BY rev LIMIT ${limit + 1}`.execute(tx);
  return rows.map(({ kind, id, rev, deleted, body }) =>
    deleted ? { kind, id, rev, deleted: true, body: null } : { kind, id, rev, body },
  );
}

/** The live documents of a channel as their count and the sum of their revisions: equal sums mean an equal copy. */
export async function channelCheck(
  tx: Tx,
  merchant: MerchantId,
  channel: string,
): Promise<{ count: number; revSum: string }> {
  const { rows } = await sql<{ count: number; sum: string }>`
    SELECT count(*) AS count, coalesce(sum(rev), 0)::text AS sum FROM (
      SELECT rev FROM feed WHERE merchant = ${merchant} AND channel = ${channel} AND deleted_at IS NULL
      UNION ALL
      SELECT rev FROM stock_balance WHERE merchant = ${merchant} AND branch = ${branchOf(channel)}::uuid AND rev > 0
    ) AS live`.execute(tx);
  return { count: rows[0]?.count ?? 0, revSum: rows[0]?.sum ?? "0" };
}

/** Every stock balance of a branch as a document of its channel; none of any other channel. */
export function balancesOf(merchant: MerchantId, channel: string): RawBuilder<unknown> {
  return sql`
    SELECT 'stock' AS kind, variant::text AS id, rev, ${BALANCE_BODY} AS body
    FROM stock_balance WHERE merchant = ${merchant} AND branch = ${branchOf(channel)}::uuid AND rev > 0`;
}

const BALANCE_BODY = sql`jsonb_build_object('variant', variant, 'units', units, 'scale', scale)`;

function branchOf(channel: string): string | null {
  return channel.startsWith("b:") ? channel.slice(2) : null;
}

/** How far a terminal's streams are contained in what this snapshot shows. */
export async function streamTips(tx: Tx, merchant: MerchantId, terminal: TerminalId): Promise<Record<string, Tip>> {
  const { rows } = await sql<{ stream: string; seq: number; hash: string }>`
    SELECT stream, tip_seq AS seq, encode(tip_hash, 'hex') AS hash FROM log_stream
    WHERE merchant = ${merchant} AND terminal = ${terminal}
      AND tip_at > now() - make_interval(days => ${retentionDays + 1})`.execute(tx);
  return tipsOf(rows);
}

/** The same for every terminal of a branch that was heard of within so many minutes: for what is made once for all. */
export async function branchTips(
  tx: Tx,
  merchant: MerchantId,
  { channel, minutes }: { readonly channel: string; readonly minutes: number },
): Promise<Record<string, Tip>> {
  const { rows } = await sql<{ stream: string; seq: number; hash: string }>`
    SELECT s.stream, s.tip_seq AS seq, encode(s.tip_hash, 'hex') AS hash
    FROM log_stream s JOIN terminal t USING (merchant, terminal)
    WHERE s.merchant = ${merchant} AND t.branch = ${branchOf(channel)}::uuid
      AND s.tip_at > now() - make_interval(mins => ${minutes})`.execute(tx);
  return tipsOf(rows);
}

function tipsOf(rows: readonly { stream: string; seq: number; hash: string }[]): Record<string, Tip> {
  return Object.fromEntries(rows.map(({ stream, seq, hash }) => [stream, { seq, hash }]));
}
