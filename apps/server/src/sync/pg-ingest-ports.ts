import { setImmediate } from "node:timers/promises";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type pg from "pg";
import type { Db } from "../db/database.ts";
import { inIngestTransaction } from "../db/ingest-transaction.ts";
import type { IngestPorts } from "./ingest.ts";
import { KeyDirectory } from "./key-directory.ts";
import { pgIngestStore } from "./pg-ingest-store.ts";
import { ReceiptSigner } from "./server-keys.ts";
import { verifyText } from "./signing.ts";

export type PgIngestOptions = {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly now: () => number;
  readonly newId: () => Uuid;
};

/** What taking uploads in needs of the world, from PostgreSQL and real keys. */
export function pgIngestPorts({
  db,
  pool,
  now,
  newId,
}: PgIngestOptions): Pick<IngestPorts, "transact" | "keys" | "receipts" | "verify" | "pause"> {
  return {
    transact: (merchant, work) =>
      inIngestTransaction(pool, (transaction) =>
        work(pgIngestStore(transaction, { merchant, recordedAt: new Date(now()).toISOString(), newId })),
      ),
    keys: new KeyDirectory(db),
    receipts: new ReceiptSigner(db),
    verify: verifyText,
    pause: setImmediate,
  };
}
