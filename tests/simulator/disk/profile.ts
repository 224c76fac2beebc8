import type { Uuid } from "@holdfast/domain/kernel/id";
import type { EnrolReply } from "@holdfast/protocol/enrol";
import type {
  Attention,
  CachedDocument,
  Draft,
  StoredEntry,
  StreamState,
  Subscription,
  Tombstone,
  Writer,
} from "@holdfast/sync/ports";
import type { Signer } from "../crypto.ts";

/** What makes a device this terminal. Chromium keeps it in the same store as the log, so what damages one takes both. */
export type Identity = { readonly enrolled: EnrolReply; readonly signer: Signer };

export type LogTables = {
  writer: Writer | null;
  /** In the order in which they were opened. */
  readonly streams: Map<Uuid, StreamState>;
  readonly entries: Map<Uuid, readonly StoredEntry[]>;
  readonly attention: Map<Uuid, Attention>;
  readonly drafts: Map<Uuid, Draft>;
};

export type CacheTables = {
  readonly subscriptions: Map<string, Subscription>;
  readonly documents: Map<string, ReadonlyMap<string, CachedDocument | Tombstone>>;
  readonly chunks: Map<string, Uint8Array<ArrayBuffer>>;
};

/** A row of the second copy: the entry, and which numbers were used up by then. */
export type MirroredEntry = StoredEntry & { readonly counters: Writer["counters"] };

/** Everything on the disk of one device: values are never changed in place, so a copy of the maps is a copy of the disk. */
export type Profile = {
  identity: Identity | null;
  readonly log: LogTables;
  readonly cache: CacheTables;
  /** The second copy of the log, by stream. */
  readonly mirror: Map<Uuid, readonly MirroredEntry[]>;
};

export function emptyProfile(): Profile {
  return {
    identity: null,
    log: { writer: null, streams: new Map(), entries: new Map(), attention: new Map(), drafts: new Map() },
    cache: { subscriptions: new Map(), documents: new Map(), chunks: new Map() },
    mirror: new Map(),
  };
}

export function copyProfile({ identity, log, cache, mirror }: Profile): Profile {
  return {
    identity,
    log: {
      writer: log.writer,
      streams: new Map(log.streams),
      entries: new Map(log.entries),
      attention: new Map(log.attention),
      drafts: new Map(log.drafts),
    },
    cache: {
      subscriptions: new Map(cache.subscriptions),
      documents: new Map(cache.documents),
      chunks: new Map(cache.chunks),
    },
    mirror: new Map(mirror),
  };
}
