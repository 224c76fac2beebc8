import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { RestoreRefused, restore } from "../apps/server/src/backup/restore.ts";
import { connect } from "../apps/server/src/db/connect.ts";

const HELP = `npm run restore -- FILE [--data DIR]

Puts a backup into an empty database: all of it or nothing. Terminals notice by themselves, start their copies over,
and send again what the backup does not have yet.

  --data DIR   where the embedded database is made (.holdfast)

Environment: DATABASE_URL (an empty PostgreSQL to restore into in place of the embedded one)`;

const ORIGIN_BYTES = 5;

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: "string", default: ".holdfast" }, help: { type: "boolean", default: false } },
  });
  const [file] = positionals;
  if (values.help || file === undefined) {
    console.log(HELP);
    return values.help;
  }
  const databaseUrl = process.env.DATABASE_URL ?? null;
  const database = await connect({ dataDir: values.data, databaseUrl, log: () => undefined });
  try {
    const newOrigin = (): string => randomBytes(ORIGIN_BYTES).toString("hex");
    const { madeAt, merchants } = await restore(database.ownerUrl, file, newOrigin);
    console.log(`Restored ${merchants} shop(s) as they were at ${madeAt}.`);
    return true;
  } catch (error) {
    if (!(error instanceof RestoreRefused)) throw error;
    console.error(error.message);
    return false;
  } finally {
    await database.stop();
  }
}

process.exitCode = (await main()) ? 0 : 1;
