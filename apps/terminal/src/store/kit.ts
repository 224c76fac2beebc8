import { type EnrolReply, enrolReplySchema } from "@holdfast/protocol/enrol";
import { fromBase64Url, toBase64Url } from "@holdfast/sync/base64url";
import type { CachedDocument, CacheStore, Subscription, Tombstone } from "@holdfast/sync/ports";

type ChannelCopy = {
  readonly v: 1;
  readonly subscription: Subscription;
  readonly documents: readonly (CachedDocument | Tombstone)[];
};

const NAME = "holdfast-kit";
const IDENTITY = "/kit/identity";
const PIN_KEY = "/kit/pin-key";
const CHANNELS = "/kit/channel/";
const CHUNKS = "/kit/chunk/";

/**
 * What a till needs to sell on when the browser has lost its databases, keys included: who it is, without the token; who works
 * here; and the goods. It lies in another kind of storage, which such damage does not reach. Customers are not in it.
 */
export class Kit {
  async identity(): Promise<EnrolReply | null> {
    const parsed = enrolReplySchema.safeParse(await this.#read(IDENTITY));
    return parsed.success ? parsed.data : null;
  }

  /** A till that lost its keys is let in again by a person only. */
  async saveIdentity(identity: EnrolReply): Promise<void> {
    await this.#write(IDENTITY, { ...identity, token: "" });
  }

  /** The key that binds PIN verifiers to this device; whoever can read it here could read it from the key database as well. */
  async pinKey(): Promise<Uint8Array<ArrayBuffer> | null> {
    const text = await this.#read(PIN_KEY);
    return typeof text === "string" ? fromBase64Url(text) : null;
  }

  async savePinKey(bytes: Uint8Array): Promise<void> {
    await this.#write(PIN_KEY, toBase64Url(bytes));
  }

  /** Brings the copy of these channels up to what the cache holds. */
  async save(cache: CacheStore, channels: ReadonlySet<string>): Promise<void> {
    const subscriptions = await cache.subscriptions();
    for (const subscription of subscriptions) {
      if (!channels.has(subscription.channel) || !subscription.complete || isPrivate(subscription.channel)) continue;
      const documents = await cache.documents(subscription.channel);
      await this.#saveChunks(cache, subscription.chunks);
      const copy: ChannelCopy = { v: 1, subscription, documents };
      await this.#write(CHANNELS + encodeURIComponent(subscription.channel), copy);
    }
    await this.#forgetChunks(new Set(subscriptions.flatMap(({ chunks }) => chunks)));
  }

  /** Fills an empty cache. */
  async restore(cache: CacheStore): Promise<void> {
    const stored = await caches.open(NAME);
    for (const request of await stored.keys()) {
      if (!new URL(request.url).pathname.startsWith(CHANNELS)) continue;
      const { subscription, documents } = (await this.#read(new URL(request.url).pathname)) as ChannelCopy;
      for (const sha256 of subscription.chunks) {
        const chunk = await stored.match(CHUNKS + sha256);
        if (chunk !== undefined) await cache.saveChunk(sha256, new Uint8Array(await chunk.arrayBuffer()));
      }
      await cache.apply({ subscription, put: documents, remove: [], anew: true });
    }
  }

  async #saveChunks(cache: CacheStore, hashes: readonly string[]): Promise<void> {
    const stored = await caches.open(NAME);
    for (const sha256 of hashes) {
      const bytes = (await stored.match(CHUNKS + sha256)) === undefined ? await cache.chunk(sha256) : null;
      if (bytes !== null) await stored.put(CHUNKS + sha256, new Response(bytes));
    }
  }

  async #forgetChunks(named: ReadonlySet<string>): Promise<void> {
    const stored = await caches.open(NAME);
    for (const request of await stored.keys()) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith(CHUNKS) && !named.has(pathname.slice(CHUNKS.length))) await stored.delete(request);
    }
  }

  async #read(path: string): Promise<unknown> {
    const response = await (await caches.open(NAME)).match(path);
    return response === undefined ? null : await response.json();
  }

  async #write(path: string, value: unknown): Promise<void> {
    await (await caches.open(NAME)).put(path, new Response(JSON.stringify(value)));
  }
}

function isPrivate(channel: string): boolean {
  return channel.startsWith("c:");
}
