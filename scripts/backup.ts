import { parseArgs } from "node:util";
import { backup } from "../apps/server/src/backup/backup.ts";
import { connect } from "../apps/server/src/db/connect.ts";

const HELP = `npm run backup -- FILE [--data DIR]

Writes everything that the server holds into one file, as it was at one moment. The file holds the keys that the
server signs with: keep it where nobody else can read it.

  --data DIR   where the embedded database lives (.holdfast); stop the server first

Environment: DATABASE_URL (a PostgreSQL to back up in place of the embedded one; the server may go on)`;

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
    const { tables, bytes } = await backup(database.ownerUrl, file, new Date().toISOString());
    console.log(`${file}: ${tables} tables, ${bytes} bytes before compression.`);
    return true;
  } finally {
    await database.stop();
  }
}

process.exitCode = (await main()) ? 0 : 1;
