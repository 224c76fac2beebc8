import type { Uuid } from "@holdfast/domain/kernel/id";
import { cursorToText } from "@holdfast/protocol/channel";
import type { Tip } from "@holdfast/protocol/entry";
import type { FeedDocument, FeedPage, FeedReply, LiveFeed } from "@holdfast/protocol/feed";
import type { CachedDocument, CacheStore, Subscription } from "./ports.ts";

/** What changed in memory, for whoever shows it. */
export type ReplicaChange = { readonly channel: string; readonly anew: boolean; readonly kinds: ReadonlySet<string> };

type Rebuild = { readonly origin: string | null; readonly rev: number; readonly documents: CachedDocument[] };

const FROM_THE_START: Rebuild = { origin: null, rev: 0, documents: [] };

type ChannelCopy = { subscription: Subscription; documents: Map<string, CachedDocument> };

/**
 * The terminal's copy of the shop: documents by channel, in memory and in the cache. The copy can be thrown away at any moment;
 * a page is taken in only where it continues exactly from what is held.
 */
export class Replica {
  readonly #cache: CacheStore;
  readonly #channels = new Map<string, ChannelCopy>();
  /** Channels that start anew, while the old copy goes on being used. */
  readonly #rebuilding = new Map<string, Rebuild>();
  readonly #listeners = new Set<(change: ReplicaChange) => void>();

  private constructor(cache: CacheStore) {
    this.#cache = cache;
  }

  static async load(cache: CacheStore): Promise<Replica> {
    const replica = new Replica(cache);
    for (const subscription of await cache.subscriptions()) {
      const documents = await cache.documents(subscription.channel);
      replica.#channels.set(subscription.channel, { subscription, documents: byKey(documents) });
    }
    return replica;
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

  get(channel: string, kind: string, id: string): CachedDocument | undefined {
    return this.#channels.get(channel)?.documents.get(`${kind} ${id}`);
  }

  *all(channel: string, kind: string): Generator<CachedDocument> {
    for (const document of this.#channels.get(channel)?.documents.values() ?? [])
      if (document.kind === kind) yield document;
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
    await this.#apply(channel, {
      origin,
      rev: to,
      docs,
      acks: { ...held.acks, ...ownTips(held.acks, acks) },
      anew: false,
      complete: held.complete,
    });
    return true;
  }

  /** Starts a channel anew although it looked fine: its sums do not agree with the server's. */
  rebuild(channel: string): void {
    this.#rebuilding.set(channel, FROM_THE_START);
  }

  /** Whether the copy has the same documents at the same revisions as the server counted. */
  agrees(channel: string, check: { readonly count: number; readonly revSum: string }): boolean {
    let sum = 0n;
    const documents = this.#channels.get(channel)?.documents;
    for (const { rev } of documents?.values() ?? []) sum += BigInt(rev);
    return documents?.size === check.count && String(sum) === check.revSum;
  }

  async #takePage(channel: string, origin: string, page: FeedPage): Promise<boolean> {
    const rebuilding = this.#rebuilding.get(channel);
    const held = this.#channels.get(channel)?.subscription;
    if (rebuilding !== undefined) return await this.#takeRebuilt(channel, origin, { page, rebuilding });
    const from = held?.origin === origin ? held.rev : 0;
    // A stale or foreign reply: what it says does not follow from what is held.
    if (page.from !== from) return false;
    const complete = page.to === page.head || held?.complete === true;
    const acks = page.acks ?? held?.acks ?? {};
    await this.#apply(channel, { origin, rev: page.to, docs: page.docs, acks, anew: held === undefined, complete });
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
    const documents = [...byKey([...rebuilding.documents, ...live]).values()];
    if (page.to < page.head) {
      this.#rebuilding.set(channel, { origin, rev: page.to, documents });
      return true;
    }
    this.#rebuilding.delete(channel);
    await this.#apply(channel, {
      origin,
      rev: page.to,
      docs: documents,
      acks: page.acks ?? {},
      anew: true,
      complete: true,
    });
    return true;
  }

  async #apply(channel: string, change: Incoming): Promise<void> {
    const { docs, anew, ...rest } = change;
    const subscription: Subscription = {
      channel,
      origin: rest.origin,
      rev: rest.rev,
      complete: rest.complete,
      acks: rest.acks,
    };
    const put = docs.flatMap(({ kind, id, rev, deleted, body }) => (deleted === true ? [] : [{ kind, id, rev, body }]));
    const remove = docs.flatMap(({ kind, id, deleted }) => (deleted === true ? [{ kind, id }] : []));
    await this.#cache.apply({ subscription, put, remove, anew });
    const documents = anew ? new Map<string, CachedDocument>() : (this.#channels.get(channel)?.documents ?? new Map());
    for (const document of put) documents.set(`${document.kind} ${document.id}`, document);
    for (const { kind, id } of remove) documents.delete(`${kind} ${id}`);
    this.#channels.set(channel, { subscription, documents });
    const kinds = new Set(docs.map(({ kind }) => kind));
    for (const listener of this.#listeners) listener({ channel, anew, kinds });
  }

  async #drop(channel: string): Promise<void> {
    await this.#cache.drop(channel);
    this.#channels.delete(channel);
    this.#rebuilding.delete(channel);
    for (const listener of this.#listeners) listener({ channel, anew: true, kinds: new Set() });
  }
}

type Incoming = {
  readonly origin: string;
  readonly rev: number;
  readonly docs: readonly Pick<FeedDocument, "kind" | "id" | "rev" | "deleted" | "body">[];
  readonly acks: Readonly<Record<string, Tip>>;
  readonly anew: boolean;
  readonly complete: boolean;
};

/** A live event names streams of the whole branch; those that are not mine are harmless, and none goes backwards. */
function ownTips(
  held: Readonly<Record<string, Tip>>,
  told: Readonly<Record<string, Tip>> | undefined,
): Record<string, Tip> {
  const further = Object.entries(told ?? {}).filter(([stream, tip]) => tip.seq > (held[stream]?.seq ?? -1));
  return Object.fromEntries(further);
}

function byKey(documents: readonly CachedDocument[]): Map<string, CachedDocument> {
  return new Map(documents.map((document) => [`${document.kind} ${document.id}`, document]));
}
