import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Instant } from "@holdfast/domain/kernel/instant";
import type { SignedEntry, Tip } from "@holdfast/protocol/entry";
import type { FeedReply, LiveFeed, LiveHello, Manifest } from "@holdfast/protocol/feed";
import type { HaveReply, LogReply, ServerReceipt } from "@holdfast/protocol/log";

/** What the sync engine needs of the world. A browser, a test and the simulator each bring their own. */

export type Clock = {
  /** Milliseconds since 1970 by the wall, which may jump. */
  readonly now: () => number;
  /** The wall clock as the branch's zone shows it. */
  readonly instant: () => Instant;
  /** Calls back once after at least this long. */
  readonly after: (delayMs: number, callback: () => void) => Cancel;
};

export type Cancel = () => void;

/** From 0 up to but not including 1. */
export type Dice = () => number;

/** One signed link as the terminal keeps it. */
export type StoredEntry = SignedEntry & {
  readonly stream: Uuid;
  readonly seq: number;
  readonly hash: string;
  readonly event: Uuid;
  readonly type: string;
  readonly at: Instant;
};

/** Who writes, and where the next entry goes. Whoever last opened a stream is the writer; an older tab finds that out here. */
export type Writer = {
  readonly stream: Uuid;
  readonly tip: Tip;
  /** Last used number of each series. */
  readonly counters: Readonly<Record<string, number>>;
};

export type StreamState = {
  readonly stream: Uuid;
  /** The last entry here. */
  readonly tip: Tip;
  /** The server's last signed word on this stream. */
  readonly receipt: ServerReceipt | null;
  /** From here on the server would not take the entries as they are; their events went into another stream. */
  readonly condemnedFrom: number | null;
};

/** An event that the server set aside, until someone resolves it. */
export type Attention = { readonly event: Uuid; readonly code: string; readonly message: string };

export type LogState = {
  readonly writer: Writer | null;
  /** In the order in which they were opened. */
  readonly streams: readonly StreamState[];
  readonly attention: readonly Attention[];
};

export type AppendChange = {
  /** The writer's place as the caller knows it; null to open the first stream of all. */
  readonly expected: { readonly stream: Uuid; readonly hash: string } | null;
  readonly entries: readonly StoredEntry[];
  readonly writer: Writer;
  readonly drafts?: DraftChange;
};

/** Open carts are stored in the transaction that completes one, so that none is both. */
export type DraftChange = { readonly put?: readonly Draft[]; readonly remove?: readonly Uuid[] };
export type Draft = { readonly draft: Uuid; readonly body: unknown };

/** The terminal's log. Every write is durable when its promise resolves; nothing here is ever rewritten. */
export type LogStore = {
  readonly read: () => Promise<LogState>;
  /** One all-or-nothing write; false when the writer in the store is not the expected one. */
  readonly append: (change: AppendChange) => Promise<boolean>;
  /** Entries of a stream in order, from `from` on. */
  readonly entries: (stream: Uuid, from: number, countMax: number) => Promise<StoredEntry[]>;
  readonly saveReceipts: (receipts: readonly ServerReceipt[]) => Promise<void>;
  readonly saveAttention: (change: {
    readonly add: readonly Attention[];
    readonly remove: readonly Uuid[];
  }) => Promise<void>;
  readonly condemn: (stream: Uuid, from: number) => Promise<void>;
  /** Forgets whole streams. */
  readonly prune: (streams: readonly Uuid[]) => Promise<void>;
};

/** A second copy outside the database, against its damage. It may fail; it never holds anyone up. */
export type Mirror = {
  /** @param counters the last used number of each series, which must not be given out again if the database is lost */
  readonly write: (entries: readonly StoredEntry[], counters: Writer["counters"]) => Promise<void>;
};

export type CachedDocument = {
  readonly kind: string;
  readonly id: string;
  readonly rev: number;
  readonly body: unknown;
};

/** A document that is gone, remembered where a chunk still has it. */
export type Tombstone = { readonly kind: string; readonly id: string; readonly rev: number; readonly deleted: true };

export type Subscription = {
  readonly channel: string;
  readonly origin: string;
  readonly rev: number;
  /** The copy was once complete at this origin, so it can be worked with. */
  readonly complete: boolean;
  /** How far my own streams are contained in these documents. */
  readonly acks: Readonly<Record<string, Tip>>;
  /** SHA-256 of each chunk of the snapshot that the documents lie over, in order. */
  readonly chunks: readonly string[];
};

export type CacheChange = {
  readonly subscription: Subscription;
  readonly put: readonly (CachedDocument | Tombstone)[];
  readonly remove: readonly { readonly kind: string; readonly id: string }[];
  /** Forget every document of the channel first. */
  readonly anew: boolean;
};

/**
 * The terminal's copy of documents: disposable. Documents and the cursor that covers them are written together. Chunks are
 * kept as they came, compressed, under their hash; those that no subscription names any more may go.
 */
export type CacheStore = {
  readonly subscriptions: () => Promise<Subscription[]>;
  readonly documents: (channel: string) => Promise<(CachedDocument | Tombstone)[]>;
  readonly apply: (change: CacheChange) => Promise<void>;
  readonly drop: (channel: string) => Promise<void>;
  readonly saveChunk: (sha256: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly chunk: (sha256: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  readonly heldChunks: () => Promise<ReadonlySet<string>>;
  /** Drops every chunk that no subscription names. */
  readonly pruneChunks: () => Promise<void>;
};

export type LiveListener = {
  /** The line is open; events will continue from these heads. */
  readonly onHello: (hello: LiveHello) => void;
  readonly onFeed: (event: LiveFeed) => void;
  readonly onPing: () => void;
  /** The line is gone; whoever listens opens another when it thinks best. */
  readonly onEnd: () => void;
};

export type PullQuestion = {
  readonly channels: readonly { readonly channel: string; readonly cursor: string | null }[];
  /** Ask also for the sums that show whether the copies are equal. */
  readonly check: boolean;
};

/** The line to the authority. Every call resolves with a complete, valid answer or throws a `WireFailure`. */
export type Wire = {
  readonly push: (entries: readonly SignedEntry[]) => Promise<LogReply>;
  /** Brings records as a rescue file has them. */
  readonly rescue: (text: string) => Promise<LogReply>;
  readonly have: (hashes: readonly string[]) => Promise<HaveReply>;
  readonly pull: (question: PullQuestion) => Promise<FeedReply>;
  /** The snapshot of a channel; null where it is small enough to be read page by page. */
  readonly manifest: (channel: string) => Promise<Manifest | null>;
  readonly chunk: (sha256: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly live: (channels: readonly string[], listener: LiveListener) => Cancel;
};
