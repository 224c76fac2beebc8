import type { Uuid } from "@holdfast/domain/kernel/id";
import type {
  AppendChange,
  Attention,
  CacheChange,
  CachedDocument,
  CacheStore,
  Draft,
  LogState,
  LogStore,
  StoredEntry,
  StreamState,
  Subscription,
  Tombstone,
} from "../ports.ts";
import { withReceipt } from "../with-receipt.ts";

/** A log in memory, as durable as the object that holds it. */
export class MemoryLogStore implements LogStore {
  #state: LogState = { writer: null, streams: [], attention: [] };
  readonly #entries = new Map<Uuid, StoredEntry[]>();
  readonly drafts = new Map<Uuid, Draft>();

  read = async (): Promise<LogState> => this.#state;

  append = async ({ expected, entries, writer, drafts }: AppendChange): Promise<boolean> => {
    const held = this.#state.writer;
    if ((held?.stream ?? null) !== (expected?.stream ?? null) || (held?.tip.hash ?? null) !== (expected?.hash ?? null))
      return false;
    for (const entry of entries) this.#entries.set(entry.stream, [...(this.#entries.get(entry.stream) ?? []), entry]);
    for (const draft of drafts?.put ?? []) this.drafts.set(draft.draft, draft);
    for (const draft of drafts?.remove ?? []) this.drafts.delete(draft);
    const streams = this.#state.streams.some(({ stream }) => stream === writer.stream)
      ? this.#state.streams.map((state) => (state.stream === writer.stream ? { ...state, tip: writer.tip } : state))
      : [...this.#state.streams, { stream: writer.stream, tip: writer.tip, receipt: null, condemnedFrom: null }];
    this.#state = { ...this.#state, writer, streams };
    return true;
  };

  entries = async (stream: Uuid, from: number, countMax: number): Promise<StoredEntry[]> =>
    (this.#entries.get(stream) ?? []).slice(from, from + countMax);

  saveReceipts: LogStore["saveReceipts"] = async (receipts) => {
    for (const receipt of receipts) this.#change(receipt.stream, (state) => withReceipt(state, receipt));
  };

  saveAttention: LogStore["saveAttention"] = async ({ add, remove }) => {
    const kept = this.#state.attention.filter(({ event }) => !remove.includes(event));
    const attention: Attention[] = [...kept, ...add];
    this.#state = { ...this.#state, attention };
  };

  condemn: LogStore["condemn"] = async (stream, from) =>
    this.#change(stream, (state) => ({ ...state, condemnedFrom: from }));

  prune: LogStore["prune"] = async (streams) => {
    for (const stream of streams) this.#entries.delete(stream);
    const kept = this.#state.streams.filter(({ stream }) => !streams.includes(stream));
    this.#state = { ...this.#state, streams: kept };
  };

  #change(stream: Uuid, change: (state: StreamState) => StreamState): void {
    const streams = this.#state.streams.map((state) => (state.stream === stream ? change(state) : state));
    this.#state = { ...this.#state, streams };
  }
}

/** A cache in memory. */
export class MemoryCacheStore implements CacheStore {
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #documents = new Map<string, Map<string, CachedDocument | Tombstone>>();
  readonly #chunks = new Map<string, Uint8Array<ArrayBuffer>>();

  subscriptions = async (): Promise<Subscription[]> => [...this.#subscriptions.values()];

  documents = async (channel: string): Promise<(CachedDocument | Tombstone)[]> => [
    ...(this.#documents.get(channel)?.values() ?? []),
  ];

  apply = async ({ subscription, put, remove, anew }: CacheChange): Promise<void> => {
    const { channel } = subscription;
    const documents = anew
      ? new Map<string, CachedDocument | Tombstone>()
      : (this.#documents.get(channel) ?? new Map());
    for (const document of put) documents.set(`${document.kind} ${document.id}`, document);
    for (const { kind, id } of remove) documents.delete(`${kind} ${id}`);
    this.#documents.set(channel, documents);
    this.#subscriptions.set(channel, subscription);
  };

  drop = async (channel: string): Promise<void> => {
    this.#documents.delete(channel);
    this.#subscriptions.delete(channel);
  };

  saveChunk: CacheStore["saveChunk"] = async (sha256, bytes) => {
    this.#chunks.set(sha256, bytes);
  };

  chunk: CacheStore["chunk"] = async (sha256) => this.#chunks.get(sha256) ?? null;

  heldChunks: CacheStore["heldChunks"] = async () => new Set(this.#chunks.keys());

  pruneChunks: CacheStore["pruneChunks"] = async () => {
    const named = new Set([...this.#subscriptions.values()].flatMap(({ chunks }) => chunks));
    for (const sha256 of [...this.#chunks.keys()]) if (!named.has(sha256)) this.#chunks.delete(sha256);
  };
}
