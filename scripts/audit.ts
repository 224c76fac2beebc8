import { parseArgs } from "node:util";
import { auditBooks, merchantsOf } from "../apps/server/src/audit/audit-books.ts";
import { CHECKS } from "../apps/server/src/audit/checks.ts";
import { connect } from "../apps/server/src/db/connect.ts";

const HELP = `npm run audit -- [--data DIR]

Runs the thirteen consistency checks over every merchant's books and says what does not hold. Nothing is changed.

  --data DIR   where the embedded database lives (.holdfast); it must not be running

Environment: DATABASE_URL (a PostgreSQL to look at in place of the embedded one)`;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { data: { type: "string", default: ".holdfast" }, help: { type: "boolean", default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return true;
  }
  const databaseUrl = process.env.DATABASE_URL ?? null;
  const database = await connect({ dataDir: values.data, databaseUrl, log: () => undefined });
  try {
    let holds = true;
    for (const { merchant, name } of await merchantsOf(database.ownerUrl)) {
      const findings = await auditBooks(database.ownerUrl, merchant);
      holds &&= findings.length === 0;
      console.log(
        `${name}: ${findings.length === 0 ? `all ${CHECKS.length} checks hold` : `${findings.length} findings`}`,
      );
      for (const { check, claim, query, rows } of findings) {
        console.log(`  ${check}. ${claim} (${query})`);
        for (const row of rows) console.log(`     ${JSON.stringify(row)}`);
      }
    }
    return holds;
  } finally {
    await database.stop();
  }
}

process.exitCode = (await main()) ? 0 : 1;
