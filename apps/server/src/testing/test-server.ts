import type { MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { sql } from "kysely";
import { pino } from "pino";
import { createEnrolmentCode } from "../party/enrol.ts";
import { openDemo } from "../seed/open-demo.ts";
import { type Serving, serve } from "../serve.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

/** A server on a database of its own, with the demo shop open. */
export type TestServer = Serving & {
  readonly database: TestDatabase;
  readonly merchant: MerchantId;
  readonly baseUrl: string;
  readonly terminals: readonly TerminalId[];
  /** A fresh code for the n-th terminal of the demo shop. */
  readonly codeFor: (terminal: number) => Promise<string>;
};

/** @param shop with `extras` the whole demo shop; plain, only its shelf, its people and its terminals */
export async function startTestServer(shop: { readonly extras: boolean } = { extras: false }): Promise<TestServer> {
  const database = await createTestDatabase();
  const log = pino({ level: process.env.HOLDFAST_LOG ?? "error" });
  const serving = await serve({ appUrl: database.appUrl, host: "127.0.0.1", ports: [0, 0], siteDir: "", log });
  const merchant = await openDemo(serving.context, shop);
  const { rows } = await sql<{ terminal: TerminalId }>`
    SELECT terminal FROM terminal WHERE merchant = ${merchant} ORDER BY terminal`.execute(serving.context.db);
  const terminals = rows.map(({ terminal }) => terminal);
  return {
    ...serving,
    database,
    merchant,
    terminals,
    baseUrl: `http://127.0.0.1:${serving.ports[1]}`,
    codeFor: async (index) =>
      (await createEnrolmentCode(serving.context, { merchant, terminal: terminals[index] as TerminalId })).code,
    stop: async () => {
      await serving.stop();
      await database.drop();
    },
  };
}
