import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Uuid, uuidV7 } from "@holdfast/domain/kernel/id";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import { branchChannel } from "@holdfast/protocol/channel";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { sql } from "kysely";
import type { Logger } from "pino";
import { assertDurable, type Database, type Db, openDatabase } from "./db/database.ts";
import { LiveHub } from "./feed/live-hub.ts";
import { createApp } from "./http/app.ts";
import type { ServerContext } from "./http/server-context.ts";
import type { Site } from "./http/site.ts";
import { startWatch } from "./party/watch-terminals.ts";
import { bookAfterUpgrade } from "./sync/book-after-upgrade.ts";
import { Ingest } from "./sync/ingest.ts";
import { pgIngestPorts } from "./sync/pg-ingest-ports.ts";

export type ServeOptions = {
  readonly appUrl: string;
  readonly host: string;
  /** Back office first, then one for each terminal address; 0 takes a free one. */
  readonly ports: readonly number[];
  readonly siteDir: string;
  readonly log: Logger;
};

export type Serving = {
  readonly context: ServerContext;
  readonly ports: readonly number[];
  readonly stop: () => Promise<void>;
};

const CONNECTIONS_MAX = 20;
const LIVE_POLL_MS = 300;

/** Starts one server process on a migrated database. */
export async function serve({ appUrl, host, ports, siteDir, log }: ServeOptions): Promise<Serving> {
  const database = openDatabase({
    url: appUrl,
    connectionsMax: CONNECTIONS_MAX,
    onError: (error) => log.warn({ err: error }, "a database connection broke"),
  });
  await assertDurable(database.db);
  const context = createContext(database, log);
  const sites = new Map<number, Site>();
  const app = createApp({ context, siteOf: (port) => sites.get(port) ?? null, ports: () => [...sites.keys()] });
  const servers: ServerType[] = [];
  try {
    for (const [index, port] of ports.entries()) {
      const server = createAdaptorServer({ fetch: app.fetch });
      servers.push(server);
      const bound = await listen(server, { port, host });
      const name = index === 0 ? "backoffice" : "terminal";
      sites.set(bound, { folder: join(siteDir, name, "dist") });
    }
  } catch (error) {
    await stopServing(servers, context);
    throw error;
  }
  const endWatch = startWatch(context);
  const stopping = new AbortController();
  const retried = bookAfterUpgrade(context, stopping.signal).catch((error: unknown) =>
    log.error({ err: error }, "what was set aside for a newer server could not be tried again"),
  );
  const stop = async (): Promise<void> => {
    endWatch();
    stopping.abort();
    await retried;
    await stopServing(servers, context);
  };
  return { context, ports: [...sites.keys()], stop };
}

function createContext({ db, pool }: Database, log: Logger): ServerContext {
  const now = (): number => Date.now();
  const newId = (): Uuid => uuidV7(now(), randomBytes(10));
  const originOf = originReader(db);
  const live = new LiveHub({
    db,
    originOf,
    pollMs: LIVE_POLL_MS,
    onError: (error) => log.warn({ err: error }, "live news could not be read"),
  });
  const ingest = new Ingest({
    ...pgIngestPorts({ db, pool, now, newId }),
    now,
    originOf,
    onStockChanged: (merchant, branches) => live.changed(merchant, [...branches].map(branchChannel)),
    onPoison: (event, error) => log.error({ err: error, event }, "an event could not be applied and was set aside"),
  });
  return { db, pool, now, newId, randomBytes: (count) => randomBytes(count), originOf, ingest, live, log };
}

const ORIGIN_BELIEVED_MS = 1_000;

/** A restore changes the origin of a running server's merchants, so it is looked at again and again. */
function originReader(db: Db): (merchant: MerchantId) => Promise<string> {
  const known = new Map<MerchantId, { origin: string; readAt: number }>();
  return async (merchant) => {
    const recent = known.get(merchant);
    if (recent !== undefined && performance.now() - recent.readAt < ORIGIN_BELIEVED_MS) return recent.origin;
    const { rows } = await sql<{ origin: string }>`SELECT origin FROM merchant WHERE merchant = ${merchant}`.execute(
      db,
    );
    const origin = rows[0]?.origin ?? "";
    known.set(merchant, { origin, readAt: performance.now() });
    return origin;
  };
}

async function listen(server: ServerType, { port, host }: { port: number; host: string }): Promise<number> {
  return await new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const inUse = error.code === "EADDRINUSE";
      reject(
        inUse
          ? new Error(`Port ${port} is in use. Stop what uses it, or choose another: npm start -- --port ${port + 100}`)
          : error,
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

async function stopServing(servers: readonly ServerType[], { live, db }: ServerContext): Promise<void> {
  live.close();
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          if ("closeAllConnections" in server) server.closeAllConnections();
        }),
    ),
  );
  await db.destroy();
}
