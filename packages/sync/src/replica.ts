import type { Uuid } from "@holdfast/domain/kernel/id";
import { cursorToText } from "@holdfast/protocol/channel";
import type { Tip } from "@holdfast/protocol/entry";
import type { FeedDocument, FeedPage, FeedReply, LiveFeed, Manifest } from "@holdfast/protocol/feed";
import { ChannelCopy } from "./channel-copy.ts";
import type { OpenChunk } from "./chunk.ts";
import type { CachedDocument, CacheStore, Subscription, Tombstone } from "./ports.ts";

/** What changed in memory, for whoever shows it. */
export type ReplicaChange = {
  readonly channel: string;
  /** Everything of the channel may be different. */
  readonly anew: boolean;
  readonly documents: readonly { readonly kind: string; readonly id: string }[];
};

export type ReplicaPorts = {
  readonly cache: CacheStore;
  /** Opens a chunk as it came. A browser does it beside the thread that the screen needs. */
  readonly decode: (bytes: Uint8Array<ArrayBuffer>, sha256: string) => Promise<OpenChunk>;
  /** A chunk that was opened before and kept as it was then; null where it is not there. */
  readonly opened?: (sha256: string) => Promise<OpenChunk | null>;
};

type Held = { subscription: Subscription; copy: ChannelCopy };

/** A copy that is being made anew, page by page, while the old one goes on being used. */
type Rebuild = { readonly origin: string | null; readonly rev: number; readonly documents: CachedDocument[] };

const FROM_THE_START: Rebuild = { origin: null, rev: 0, documents: [] };

/**
 * The terminal's copy of the shop: documents by channel, in memory and in the cache. The copy can be thrown away at any
 * moment (INV-11); a page is taken in only where it continues exactly from what is held, and what it acknowledges with it
 * (INV-09).
 */
export class Replica {
  readonly #ports: ReplicaPorts;
  readonly #channels = new Map<string, Held>();
  readonly #rebuilding = new Map<string, Rebuild>();
  readonly #openedAhead = new Map<string, Promise<OpenChunk | null>>();
  readonly #listeners = new Set<(change: ReplicaChange) => void>();

  private constructor(ports: ReplicaPorts) {
    this.#ports = ports;
  }

  /** What cannot be read is left out and fetched again: a damaged cache never keeps anyone from selling. */
  static async load(ports: ReplicaPorts): Promise<Replica> {
    const replica = new Replica(ports);
    const subscriptions = await ports.cache.subscriptions();
    const copies = await Promise.all(subscriptions.map((each) => replica.#read(each).catch(() => null)));
    for (const [index, subscription] of subscriptions.entries()) {
      const copy = copies[index] ?? null;
      if (copy !== null) replica.#channels.set(subscription.channel, { subscription, copy });
    }
    return replica;
  }

  async #read({ channel, chunks }: Subscription): Promise<ChannelCopy | null> {
    const [copy, documents] = await Promise.all([this.#readChunks(chunks), this.#ports.cache.documents(channel)]);
    if (copy === null) return null;
    for (const document of documents) {
      if ("deleted" in document) copy.remove(document.kind, document.id);
      else copy.put(document);
    }
    return copy;
  }

  async #readChunks(chunks: readonly string[]): Promise<ChannelCopy | null> {
    const opened = await Promise.all(chunks.map((sha256) => this.#openedAhead.get(sha256) ?? this.#open(sha256)));
    const copy = new ChannelCopy();
    for (const chunk of opened) {
      if (chunk === null) return null;
      copy.addChunk(chunk);
    }
    return copy;
  }

  async #open(sha256: string): Promise<OpenChunk | null> {
    const opened = (await this.#ports.opened?.(sha256)) ?? null;
    if (opened !== null) return opened;
    const bytes = await this.#ports.cache.chunk(sha256);
    return bytes === null ? null : await this.#ports.decode(bytes, sha256);
  }

  /** Opens a chunk of a snapshot that is still on its way, while the rest of it arrives. */
  openAhead(sha256: string, bytes: Uint8Array<ArrayBuffer>): void {
    const opened = this.#ports.decode(bytes, sha256);
    this.#openedAhead.set(
      sha256,
      // Whatever is wrong with it comes to light when the snapshot is taken, from the cache.
      opened.catch(() => this.#open(sha256)),
    );
  }

  onChange(listener: (change: ReplicaChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  channels(): readonly Subscription[] {
    return [...this.#channels.values()].map(({ subscription }) => subscription);
  }

  /** Every channel was complete once, so the shop can be worked with. */
  isComplete(channels: readonly string[]): boolean {
    return (
      channels.length > 0 && channels.every((channel) => this.#channels.get(channel)?.subscription.complete === true)
    );
  }

  copyOf(channel: string): ChannelCopy | undefined {
    return this.#channels.get(channel)?.copy;
  }

  get(channel: string, kind: string, id: string): CachedDocument | undefined {
    return this.copyOf(channel)?.get(kind, id);
  }

  *all(channel: string, kind: string): Generator<CachedDocument> {
    yield* this.copyOf(channel)?.all(kind) ?? [];
  }

  /** Cursor of each channel as it stood when something was decided. */
  seen(): Record<string, string> {
    return Object.fromEntries(
      this.channels().map(({ channel, origin, rev }) => [channel, cursorToText({ origin, rev })]),
    );
  }

  /** How far my own stream is contained in what this channel shows. */
  settledSeq(channel: string, stream: Uuid): number {
    return this.#channels.get(channel)?.subscription.acks[stream]?.seq ?? -1;
  }

  cursorOf(channel: string): string | null {
    const place = this.#rebuilding.get(channel) ?? this.#channels.get(channel)?.subscription;
    if (place === undefined || place.origin === null || place.rev === 0) return null;
    return cursorToText({ origin: place.origin, rev: place.rev });
  }

  /** There is no copy of it, or it has to be made anew: a snapshot is the quickest way. */
  needsSnapshot(channel: string): boolean {
    return this.#rebuilding.get(channel) === FROM_THE_START || !this.#channels.has(channel);
  }

  /**
   * Takes in the answer to a pull.
   * @returns whether there is more to ask for
   */
  async take(reply: FeedReply): Promise<boolean> {
    let more = false;
    for (const channel of [...this.#channels.keys()])
      if (!reply.subscribed.includes(channel)) await this.#drop(channel);
    for (const [channel, reason] of Object.entries(reply.reset)) {
      if (reason === "unsubscribed") continue;
      this.#rebuilding.set(channel, FROM_THE_START);
      more = true;
    }
    for (const [channel, page] of Object.entries(reply.channels)) {
      if (await this.#takePage(channel, reply.origin, page)) more ||= page.to < page.head;
      else more = true;
    }
    for (const channel of reply.subscribed) if (!this.#channels.has(channel)) more = true;
    return more;
  }

  /** Takes in a live event where it fits; false means: pull. */
  async takeLive({ origin, channel, from, to, docs, acks }: LiveFeed): Promise<boolean> {
    const held = this.#channels.get(channel)?.subscription;
    if (held === undefined || this.#rebuilding.has(channel) || docs === null) return false;
    if (held.origin === origin && held.rev >= to) return true;
    if (held.origin !== origin || held.rev !== from) return false;
    await this.#apply({ ...held, rev: to, acks: { ...held.acks, ...furtherTips(held.acks, acks) } }, docs, false);
    return true;
  }

  /** Starts from a snapshot whose chunks are all in the cache: consistent in itself, the delta follows. */
  async takeSnapshot({ origin, channel, rev, acks, chunks }: Manifest): Promise<void> {
    const hashes = chunks.map(({ sha256 }) => sha256);
    const copy = await this.#readChunks(hashes);
    if (copy === null) throw new Error(`a chunk of ${channel} is not in the cache`);
    const subscription: Subscription = { channel, origin, rev, complete: true, acks, chunks: hashes };
    await this.#ports.cache.apply({ subscription, put: [], remove: [], anew: true });
    this.#channels.set(channel, { subscription, copy });
    this.#rebuilding.delete(channel);
    for (const sha256 of hashes) this.#openedAhead.delete(sha256);
    this.#tell({ channel, anew: true, documents: [] });
  }

  /** Starts a channel anew although it looked fine: its sums do not agree with the server's. */
  rebuild(channel: string): void {
    this.#rebuilding.set(channel, FROM_THE_START);
  }

  /** Whether the copy has the same documents at the same revisions as the server counted. */
  agrees(channel: string, check: { readonly count: number; readonly revSum: string }): boolean {
    const figures = this.copyOf(channel)?.figures();
    return figures?.count === check.count && String(figures.revSum) === check.revSum;
  }

  async #takePage(channel: string, origin: string, page: FeedPage): Promise<boolean> {
    const rebuilding = this.#rebuilding.get(channel);
    if (rebuilding !== undefined) return await this.#takeRebuilt(channel, origin, { page, rebuilding });
    const held = this.#channels.get(channel)?.subscription;
    // A stale or foreign reply: what it says does not follow from what is held.
    if (page.from !== (held?.origin === origin ? held.rev : 0)) return false;
    const fresh: Subscription = { channel, origin, rev: 0, complete: false, acks: {}, chunks: [] };
    const before = held?.origin === origin ? held : fresh;
    const complete = before.complete || page.to === page.head;
    await this.#apply(
      { ...before, rev: page.to, complete, acks: page.acks ?? before.acks },
      page.docs,
      before === fresh,
    );
    return true;
  }

  /** The old copy stays in use until the new one is whole. */
  async #takeRebuilt(
    channel: string,
    origin: string,
    { page, rebuilding }: { page: FeedPage; rebuilding: Rebuild },
  ): Promise<boolean> {
    if (page.from !== rebuilding.rev || (rebuilding.origin !== null && rebuilding.origin !== origin)) {
      this.#rebuilding.set(channel, FROM_THE_START);
      return false;
    }
    const live = page.docs.flatMap(({ kind, id, rev, deleted, body }) =>
      deleted === true ? [] : [{ kind, id, rev, body }],
    );
    // A document may have moved to a later revision while pages were read: the later one counts.
    const documents = latest([...rebuilding.documents, ...live]);
    if (page.to < page.head) {
      this.#rebuilding.set(channel, { origin, rev: page.to, documents });
      return true;
    }
    this.#rebuilding.delete(channel);
    const subscription: Subscription = {
      channel,
      origin,
      rev: page.to,
      complete: true,
      acks: page.acks ?? {},
      chunks: [],
    };
    await this.#apply(subscription, documents, true);
    return true;
  }

  async #apply(subscription: Subscription, docs: readonly Change[], anew: boolean): Promise<void> {
    const { channel } = subscription;
    const held = this.#channels.get(channel)?.copy;
    const copy = anew || held === undefined ? new ChannelCopy() : held;
    const put: (CachedDocument | Tombstone)[] = [];
    const remove: { kind: string; id: string }[] = [];
    for (const { kind, id, rev, deleted, body } of docs) {
      if (deleted !== true) put.push({ kind, id, rev, body });
      else if (copy.base(kind).length === 0) remove.push({ kind, id });
      else put.push({ kind, id, rev, deleted });
    }
    await this.#ports.cache.apply({ subscription, put, remove, anew });
    for (const document of put) {
      if ("deleted" in document) copy.remove(document.kind, document.id);
      else copy.put(document);
    }
    for (const { kind, id } of remove) copy.remove(kind, id);
    this.#channels.set(channel, { subscription, copy });
    this.#tell({ channel, anew, documents: docs });
  }

  async #drop(channel: string): Promise<void> {
    await this.#ports.cache.drop(channel);
    this.#channels.delete(channel);
    this.#rebuilding.delete(channel);
    this.#tell({ channel, anew: true, documents: [] });
  }

  #tell(change: ReplicaChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

type Change = Pick<FeedDocument, "kind" | "id" | "rev" | "deleted" | "body">;

/** A live event names streams of the whole branch; those that are not mine are harmless, and none goes backwards. */
function furtherTips(
  held: Readonly<Record<string, Tip>>,
  told: Readonly<Record<string, Tip>> | undefined,
): Record<string, Tip> {
  const further = Object.entries(told ?? {}).filter(([stream, tip]) => tip.seq > (held[stream]?.seq ?? -1));
  return Object.fromEntries(further);
}

function latest(documents: readonly CachedDocument[]): CachedDocument[] {
  return [...new Map(documents.map((document) => [`${document.kind} ${document.id}`, document])).values()];
}
