import type { MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import { pino } from "pino";
import { type Config, HELP, readConfig } from "./config.ts";
import { connect } from "./db/connect.ts";
import { createEnrolmentCode } from "./party/enrol.ts";
import { DEMO_OWNER, DEMO_SLUG, DEMO_STAFF, openDemo } from "./seed/open-demo.ts";
import { type Serving, serve } from "./serve.ts";

async function main(): Promise<void> {
  const config = readConfig(process.argv.slice(2), process.env);
  if (config === "help") {
    console.log(HELP);
    return;
  }
  const log = pino({ level: config.logLevel, redact: ["*.token", "*.password", "*.pin", "req.headers.authorization"] });
  const database = await connect({ ...config, log: (line) => log.info(line) });
  const ports = Array.from({ length: config.terminalPorts + 1 }, (_, index) => config.port + index);
  const serving = await serve({
    appUrl: database.appUrl,
    host: config.host,
    ports,
    siteDir: config.siteDir,
    log,
  }).catch(async (error: unknown) => {
    await database.stop();
    throw error;
  });
  stopOnSignal(async () => {
    await serving.stop();
    await database.stop();
  });
  const merchant = config.openDemo ? await openDemo(serving.context) : null;
  await announce(config, serving, merchant);
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}

async function announce(config: Config, { context, ports }: Serving, merchant: MerchantId | null): Promise<void> {
  const address = (port: number): string => `http://localhost:${port}/`;
  const lines = ["", "Holdfast is running.", "", `  Back office   ${address(config.port)}`];
  if (merchant === null) {
    for (const port of ports.slice(1)) lines.push(`  Terminal      ${address(port)}`);
  } else {
    lines.push(`                shop ${DEMO_SLUG} · ${DEMO_OWNER.email} · ${DEMO_OWNER.password}`, "");
    for (const [index, terminal] of (await demoTerminals(context, merchant)).entries()) {
      const port = ports[index + 1];
      if (port === undefined) break;
      const enrol = terminal.enrolled
        ? ""
        : `#enrol=${(await createEnrolmentCode(context, { merchant, terminal: terminal.terminal })).code}`;
      lines.push(`  ${terminal.name.padEnd(12)}  ${address(port)}${enrol}`);
    }
    lines.push(
      "",
      `  PINs          ${DEMO_STAFF.map(({ name, role, pin }) => `${name} (${role}) ${pin}`).join(" · ")}`,
    );
  }
  console.log([...lines, "", "Ctrl-C stops everything.", ""].join("\n"));
}

type DemoTerminal = { readonly terminal: TerminalId; readonly name: string; readonly enrolled: boolean };

async function demoTerminals({ db }: Serving["context"], merchant: MerchantId): Promise<DemoTerminal[]> {
  const { rows } = await sql<DemoTerminal>`
    SELECT terminal, name, enrolled_at IS NOT NULL AS enrolled FROM terminal
    WHERE merchant = ${merchant} ORDER BY terminal`.execute(db);
  return rows;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
