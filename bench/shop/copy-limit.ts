import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";

/** Every table that an upload adds rows to, with what picks the rows recorded since a moment. */
const TABLES: readonly (readonly [table: string, since: string])[] = [
  ["log_entry", "recorded_at > $since"],
  ["event", "recorded_at > $since"],
  ["sale", "recorded_at > $since"],
  ["sale_line", "sale IN (SELECT sale FROM sale WHERE recorded_at > $since)"],
  ["sale_tender", "sale IN (SELECT sale FROM sale WHERE recorded_at > $since)"],
  ["journal_entry", "recorded_at > $since"],
  ["stock_movement", "recorded_at > $since"],
];

export type TableRows = { readonly table: string; readonly lines: readonly string[] };

/** The rows that the server wrote since a moment, as COPY gives them out. */
export async function rowsSince(
  ownerUrl: string,
  { merchant, since }: { readonly merchant: MerchantId; readonly since: Date },
): Promise<TableRows[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const found: TableRows[] = [];
    for (const [table, condition] of TABLES) {
      const where = `merchant = '${merchant}' AND ${condition.replace("$since", `'${since.toISOString()}'`)}`;
      const stream = client.query(copyTo(`COPY (SELECT * FROM ${table} WHERE ${where}) TO STDOUT`));
      found.push({ table, lines: (await text(stream)).split("\n").slice(0, -1) });
    }
    return found;
  } finally {
    await client.end();
  }
}

export type CopyOptions = {
  readonly connections: number;
  /** Sales in one transaction, as many as the server commits together. */
  readonly perTransaction: number;
};

/** Puts the same rows into tables of the same schema, checks and indexes on, and does nothing else: the limit. */
export async function copyIn(
  url: string,
  rows: readonly TableRows[],
  { connections, perTransaction }: CopyOptions,
): Promise<number> {
  const sales = rows.find(({ table }) => table === "sale")?.lines.length ?? 0;
  const parts = partsOf(rows, Math.ceil(sales / perTransaction));
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const startedAt = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (let part = parts.pop(); part !== undefined; part = parts.pop()) await copyPart(client, part);
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  await Promise.all(clients.map((client) => client.end()));
  return seconds;
}

type Part = readonly { readonly table: string; readonly text: string }[];

function partsOf(rows: readonly TableRows[], count: number): Part[] {
  return Array.from({ length: count }, (_, part) =>
    rows.map(({ table, lines }) => {
      const [first, last] = [part, part + 1].map((place) => Math.floor((place * lines.length) / count));
      return { table, text: lines.slice(first, last).join("\n") };
    }),
  );
}

async function copyPart(client: pg.Client, part: Part): Promise<void> {
  await client.query("BEGIN");
  for (const { table, text: lines } of part) {
    const stream = client.query(copyFrom(`COPY ${table} FROM STDIN`));
    stream.end(lines);
    await once(stream, "finish");
  }
  await client.query("COMMIT");
}
