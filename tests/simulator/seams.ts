import type { Uuid } from "@holdfast/domain/kernel/id";
import type { SignedEntry } from "@holdfast/protocol/entry";
import type { LogReply, ServerReceipt } from "@holdfast/protocol/log";
import type { EventLog } from "@holdfast/sync/event-log";
import type { CacheStore, Clock, Mirror, Wire } from "@holdfast/sync/ports";
import type { Replica } from "@holdfast/sync/replica";
import type { SyncStatus } from "@holdfast/sync/status";
import type { IngestStore } from "../../apps/server/src/sync/ingest-store.ts";
import type { MemoryDatabase } from "../../apps/server/src/testing/memory-database.ts";
import type { MemoryTransaction } from "../../apps/server/src/testing/memory-table.ts";
import type { Disk } from "./disk/disk.ts";
import type { TerminalLogStore } from "./disk/disk-log-store.ts";
import type { Process } from "./world/process.ts";
import type { World } from "./world/world.ts";

export type StorePlace = {
  readonly db: MemoryDatabase;
  readonly tx: MemoryTransaction;
  readonly nowMs: () => number;
};

/** What a variant may know of the app whose ports it wraps. */
export type AppPlace = {
  readonly world: World;
  readonly process: Process;
  readonly disk: Disk;
  readonly newId: () => Uuid;
  readonly replica: () => Replica;
};

export type UploadPlace = {
  readonly db: MemoryDatabase;
  readonly nowMs: () => number;
  readonly receiptOf: (held: Omit<ServerReceipt, "kid" | "sig">) => ServerReceipt;
};

/** An upload on its way into the product's ingest, and its answer on the way back. */
export type Upload = {
  readonly entries: readonly SignedEntry[];
  readonly answer: (reply: LogReply) => LogReply;
};

/**
 * Where wrong variants of the protocol hook in. The product knows nothing of them: each wraps a port, a store or the wire in
 * the wiring of the simulator. Without any, what runs is the product.
 */
export type Seams = {
  readonly ingestStore?: (store: IngestStore, place: StorePlace) => IngestStore;
  readonly commit?: (
    tx: MemoryTransaction,
    place: { readonly db: MemoryDatabase; readonly kill: () => Promise<void> },
  ) => Promise<void>;
  readonly upload?: (entries: readonly SignedEntry[], place: UploadPlace) => Upload;
  readonly restoreKeepsOrigin?: true;

  readonly durability?: "relaxed";
  readonly logStore?: (store: TerminalLogStore, place: AppPlace) => TerminalLogStore;
  readonly cacheStore?: (store: CacheStore, place: AppPlace) => CacheStore;
  readonly mirror?: (mirror: Mirror) => Mirror;
  readonly wire?: (wire: Wire, place: AppPlace) => Wire;
  readonly clock?: (clock: Clock) => Clock;
  readonly log?: (log: EventLog, place: AppPlace) => EventLog;
  /** Believes whoever says that an entry arrived. */
  readonly believesReceipts?: true;
  /** The id of a sale made from its number instead of from chance. */
  readonly saleId?: (series: string, number: number) => Uuid;
  readonly printsBeforeWriting?: true;
  /** What the header says, from what it should say. */
  readonly status?: (status: SyncStatus) => SyncStatus;
};
