import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { columnsOf, migrationsOf, quoted, tablesInOrder } from "./tables.ts";

export type BackupReport = { readonly tables: number; readonly bytes: number };

/** First line of a backup. */
export type BackupHeader = {
  readonly holdfast: "backup";
  readonly format: 1;
  readonly madeAt: string;
  readonly migrations: readonly string[];
};
/** Last line: whatever lacks it was cut off, whatever differs from it was changed. */
export type BackupTrailer = { readonly end: true; readonly sha256: string };
/** Line before the rows of a table, which follow as COPY writes them and end with `\.` */
export type BackupTable = { readonly table: string; readonly columns: readonly string[] };

export const END_OF_ROWS = "\\.";

/**
 * Writes everything that a server holds into one file, as it was at one moment; selling goes on meanwhile. The file holds the
 * keys that the server signs with: only its owner may read it. It appears under its name once it is whole and on disk.
 * @param url of the role that owns the schema
 */
export async function backup(url: string, file: string, madeAt: string): Promise<BackupReport> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const report = { tables: 0, bytes: 0 };
  const unfinished = `${file}.unfinished`;
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const hash = createHash("sha256");
    const counted = async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of contentOf(client, madeAt, report)) {
        hash.update(chunk);
        report.bytes += chunk.length;
        yield chunk;
      }
      yield line({ end: true, sha256: hash.digest("hex") } satisfies BackupTrailer);
    };
    await pipeline(Readable.from(counted()), createGzip(), createWriteStream(unfinished, { mode: 0o600 }));
  } finally {
    await client.end();
  }
  await flush(unfinished);
  await rename(unfinished, file);
  await flush(dirname(file));
  return report;
}

async function* contentOf(client: pg.Client, madeAt: string, report: { tables: number }): AsyncGenerator<Buffer> {
  const migrations = await migrationsOf(client);
  yield line({ holdfast: "backup", format: 1, madeAt, migrations } satisfies BackupHeader);
  for (const table of await tablesInOrder(client)) {
    const columns = await columnsOf(client, table);
    yield line({ table, columns } satisfies BackupTable);
    const names = columns.map(quoted).join(", ");
    yield* client.query(copyTo(`COPY ${quoted(table)} (${names}) TO STDOUT`)) as AsyncIterable<Buffer>;
    yield Buffer.from(`${END_OF_ROWS}\n`);
    report.tables += 1;
  }
}

function line(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
