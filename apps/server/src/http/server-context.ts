import type { Uuid } from "@holdfast/domain/kernel/id";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import type pg from "pg";
import type { Logger } from "pino";
import type { Db } from "../db/database.ts";
import type { LiveHub } from "../feed/live-hub.ts";
import type { Ingest } from "../sync/ingest.ts";

/** What routes may use; made once in `main.ts`. */
export type ServerContext = {
  readonly db: Db;
  /** The connections under `db`, for transactions that write to the books. */
  readonly pool: pg.Pool;
  readonly now: () => number;
  readonly newId: () => Uuid;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly originOf: (merchant: MerchantId) => Promise<string>;
  readonly ingest: Ingest;
  readonly live: LiveHub;
  readonly log: Logger;
};

export function isoNow(context: Pick<ServerContext, "now">): string {
  return new Date(context.now()).toISOString();
}
