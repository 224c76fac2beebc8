import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { type BackupHeader, type BackupTable, type BackupTrailer, END_OF_ROWS } from "./backup.ts";
import { columnsOf, migrationsOf, quoted, tablesInOrder } from "./tables.ts";

/** A restore that was not begun, or was undone whole; the message says why and what to do. */
export class RestoreRefused extends Error {
  override readonly name = "RestoreRefused";
}

export type RestoreReport = { readonly madeAt: string; readonly merchants: number };

/**
 * Puts a backup into a migrated, empty database: all of it or nothing. Every merchant gets another origin (INV-13), whatever
 * the file says, so that terminals start their copies over and send again what this server does not know any more.
 * @param newOrigin called once a merchant
 */
export async function restore(url: string, file: string, newOrigin: () => string): Promise<RestoreReport> {
  const header = await checkedHeader(file);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await refuseUnfit(client, header);
    await client.query("BEGIN");
    await copyTables(client, file);
    const { rows } = await client.query<{ merchant: string }>("SELECT merchant FROM merchant");
    for (const { merchant } of rows)
      await client.query("UPDATE merchant SET origin = $2 WHERE merchant = $1", [merchant, newOrigin()]);
    await client.query("COMMIT");
    await client.query("ANALYZE");
    return { madeAt: header.madeAt, merchants: rows.length };
  } finally {
    await client.end();
  }
}

function linesOf(file: string): AsyncIterable<string> {
  const input = createReadStream(file).pipe(createGunzip());
  return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}

/** Reads the file once from end to end before anything is written: a cut or changed one is found here. */
async function checkedHeader(file: string): Promise<BackupHeader> {
  const hash = createHash("sha256");
  let first: string | null = null;
  let last: string | null = null;
  try {
    for await (const text of linesOf(file)) {
      if (last !== null) hash.update(`${last}\n`);
      first ??= text;
      last = text;
    }
  } catch (error) {
    throw new RestoreRefused(`${file} cannot be read to its end: ${error instanceof Error ? error.message : error}`);
  }
  const header = parsed<Partial<BackupHeader>>(first);
  if (header?.holdfast !== "backup" || header.format !== 1)
    throw new RestoreRefused(`${file} is no backup of Holdfast.`);
  const trailer = parsed<Partial<BackupTrailer>>(last);
  if (trailer?.end !== true) throw new RestoreRefused(`${file} was cut off: its end is missing. Take an older backup.`);
  if (trailer.sha256 !== hash.digest("hex"))
    throw new RestoreRefused(`${file} was changed: it does not fit its checksum.`);
  return header as BackupHeader;
}

function parsed<T>(text: string | null): T | null {
  try {
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

async function refuseUnfit(client: pg.Client, { migrations }: BackupHeader): Promise<void> {
  const known = await migrationsOf(client);
  const newer = migrations.filter((name) => !known.includes(name));
  if (newer.length > 0)
    throw new RestoreRefused(`The backup was made by a newer server (${newer.join(", ")}): upgrade this one first.`);
  const { rows } = await client.query("SELECT 1 FROM merchant LIMIT 1");
  if (rows.length > 0)
    throw new RestoreRefused(
      "There is a shop in this database already: restore into an empty one, with another --data.",
    );
}

async function copyTables(client: pg.Client, file: string): Promise<void> {
  const allowed = new Set(await tablesInOrder(client));
  let copy: ReturnType<typeof copyFrom> | null = null;
  let isFirst = true;
  for await (const text of linesOf(file)) {
    if (isFirst) isFirst = false;
    else if (copy !== null && text === END_OF_ROWS) {
      copy.end();
      await once(copy, "finish");
      copy = null;
    } else if (copy !== null) {
      if (!copy.write(`${text}\n`)) await once(copy, "drain");
    } else copy = await startTable(client, text, allowed);
  }
}

/** Null for the last line, which is no table's. */
async function startTable(
  client: pg.Client,
  text: string,
  allowed: ReadonlySet<string>,
): Promise<ReturnType<typeof copyFrom> | null> {
  const { table, columns = [] } = parsed<Partial<BackupTable>>(text) ?? {};
  if (table === undefined) return null;
  const known = new Set(allowed.has(table) ? await columnsOf(client, table) : []);
  if (columns.some((column) => !known.has(column)))
    throw new RestoreRefused(`This server has no place for ${table} as the backup has it.`);
  return client.query(copyFrom(`COPY ${quoted(table)} (${columns.map(quoted).join(", ")}) FROM STDIN`));
}
