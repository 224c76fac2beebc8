import type { MerchantId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import { type DocumentKey, projectDocuments } from "./project.ts";

/**
 * Publishes documents whose rows were just changed in this transaction. The heads of their channels are locked first, in
 * order, and only then are the documents read: a statement that locks and reads at once could publish a stale body under a
 * newer revision. Call it last: whoever comes next waits here for our commit, so no cursor can skip.
 * @param at the server's clock, ISO in UTC
 */
export async function publish(
  tx: Tx,
  { merchant, at }: { readonly merchant: MerchantId; readonly at: string },
  touched: readonly DocumentKey[],
): Promise<ReadonlySet<string>> {
  const byChannel = Map.groupBy(uniqueKeys(touched), ({ channel }) => channel);
  const channels = [...byChannel.keys()].sort();
  const nextRevs = new Map<string, number>();
  for (const channel of channels) {
    const count = byChannel.get(channel)?.length ?? 0;
    nextRevs.set(channel, (await takeHead(tx, merchant, { channel, count })) - count + 1);
  }
  for (const channel of channels) {
    const keys = byChannel.get(channel) ?? [];
    const bodies = await projectDocuments(tx, merchant, keys);
    const first = nextRevs.get(channel) as number;
    const rows = keys.map(({ kind, id }, index) => ({
      kind,
      id,
      rev: first + index,
      body: bodies.get(`${kind} ${id}`) ?? null,
    }));
    await upsertDocuments(tx, { merchant, at, channel, rows });
  }
  return new Set(channels);
}

function uniqueKeys(keys: readonly DocumentKey[]): DocumentKey[] {
  return [...new Map(keys.map((key) => [`${key.channel} ${key.kind} ${key.id}`, key])).values()];
}

async function takeHead(
  tx: Tx,
  merchant: MerchantId,
  { channel, count }: { channel: string; count: number },
): Promise<number> {
  const { rows } = await sql<{ rev: number }>`
    INSERT INTO feed_head (merchant, channel, rev) VALUES (${merchant}, ${channel}, ${count})
    ON CONFLICT (merchant, channel) DO UPDATE SET rev = feed_head.rev + excluded.rev
    RETURNING rev`.execute(tx);
  return rows[0]?.rev ?? 0;
}

type Upsert = {
  readonly merchant: MerchantId;
  readonly at: string;
  readonly channel: string;
  readonly rows: readonly { kind: string; id: string; rev: number; body: object | null }[];
};

async function upsertDocuments(tx: Tx, { merchant, at, channel, rows }: Upsert): Promise<void> {
  await sql`
    INSERT INTO feed (merchant, channel, kind, id, rev, deleted_at, body)
    SELECT ${merchant}::uuid, ${channel}, kind, id, rev, CASE WHEN body IS NULL THEN ${at}::timestamptz END, body
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS row (kind text, id text, rev bigint, body jsonb)
    ON CONFLICT (merchant, channel, kind, id) DO UPDATE
    SET rev = excluded.rev, deleted_at = excluded.deleted_at, body = excluded.body`.execute(tx);
}
