import { type EnrolReply, enrolReplySchema } from "@holdfast/protocol/enrol";
import { type PublicKey, publicKeySchema } from "@holdfast/protocol/primitives";
import { fromBase64Url, toBase64Url } from "@holdfast/sync/base64url";
import type { CachedDocument, CacheStore, Subscription, Tombstone } from "@holdfast/sync/ports";
import { inOrderOfTrust, type SavedCopy, SLOTS, type Slot, slotToWrite } from "./kit-slots.ts";

type ChannelCopy = {
  readonly v: 2;
  readonly savedAtMs: number;
  readonly subscription: Subscription;
  readonly documents: readonly (CachedDocument | Tombstone)[];
};

const NAME = "holdfast-kit";
const IDENTITY = "/kit/identity";
const PIN_KEY = "/kit/pin-key";
const KEYS = "/kit/key/";
const CHANNELS = "/kit/channel/";
const CHUNKS = "/kit/chunk/";

/**
 * What a till needs to sell on when the browser has lost its databases, keys included: who it is, without the token; who works
 * here; and the goods. It lies in another kind of storage, which such damage does not reach. Customers are not in it.
 * Chromium itself throws databases away after a power cut that tore their journal, so the kit has to survive one.
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

  /** The public half of a key that signs here: once the key is lost, the server has to hear of it to believe what it signed. */
  async saveKey(kid: string, key: PublicKey): Promise<void> {
    await this.#write(KEYS + kid, key);
  }

  /** By the name of each, in the order in which they were made. */
  async keys(): Promise<Map<string, PublicKey>> {
    const keys = new Map<string, PublicKey>();
    for (const path of await this.#paths(KEYS)) {
      const key = publicKeySchema.safeParse(await this.#read(path).catch(() => null));
      if (key.success) keys.set(path.slice(KEYS.length), key.data);
    }
    return keys;
  }

  /**
   * Brings the copy of these channels up to what the cache holds.
   * @returns those that have to be saved later: what was saved of them last may not be on the disk yet
   */
  async save(cache: CacheStore, channels: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const waiting = new Set<string>();
    for (const subscription of await cache.subscriptions()) {
      const { channel } = subscription;
      if (!channels.has(channel) || !subscription.complete || isPrivate(channel)) continue;
      // A power cut may have taken one of them from under a copy that stayed.
      await this.#saveChunks(cache, subscription.chunks);
      const slot = slotToWrite(await this.#slots(channel), markOf(subscription), Date.now());
      if (slot === "wait") waiting.add(channel);
      if (slot === "wait" || slot === "saved") continue;
      const documents = await cache.documents(channel);
      const copy: ChannelCopy = { v: 2, savedAtMs: Date.now(), subscription, documents };
      await this.#write(slotPath(channel, slot), copy);
    }
    await this.#forgetChunks();
    return waiting;
  }

  /** Brings into the cache what is saved of these channels. */
  async restore(cache: CacheStore, channels: readonly string[]): Promise<void> {
    for (const channel of channels) {
      const slots = inOrderOfTrust(await this.#slots(channel));
      for (const slot of slots) if (await this.#restoreFrom(cache, slotPath(channel, slot))) break;
    }
  }

  /** @returns whether it was whole */
  async #restoreFrom(cache: CacheStore, path: string): Promise<boolean> {
    const copy = await this.#copyAt(path);
    if (copy === null) return false;
    const stored = await caches.open(NAME);
    for (const sha256 of copy.subscription.chunks) {
      const bytes = await (await stored.match(CHUNKS + sha256))?.arrayBuffer().catch(() => null);
      if (bytes == null) return false;
      await cache.saveChunk(sha256, new Uint8Array(bytes));
    }
    await cache.apply({ subscription: copy.subscription, put: copy.documents, remove: [], anew: true });
    return true;
  }

  async #slots(channel: string): Promise<Record<Slot, SavedCopy | null>> {
    const [a, b] = await Promise.all(SLOTS.map((slot) => this.#copyAt(slotPath(channel, slot))));
    return { a: savedCopy(a), b: savedCopy(b) };
  }

  /** Null where there is none, or where what is there cannot be read. */
  async #copyAt(path: string): Promise<ChannelCopy | null> {
    const found = (await this.#read(path).catch(() => null)) as ChannelCopy | null;
    return found?.v === 2 ? found : null;
  }

  async #saveChunks(cache: CacheStore, hashes: readonly string[]): Promise<void> {
    const stored = await caches.open(NAME);
    for (const sha256 of hashes) {
      const bytes = (await stored.match(CHUNKS + sha256)) === undefined ? await cache.chunk(sha256) : null;
      if (bytes !== null) await stored.put(CHUNKS + sha256, new Response(bytes));
    }
  }

  /** Chunks that neither copy of any channel names. */
  async #forgetChunks(): Promise<void> {
    const copies = await Promise.all((await this.#paths(CHANNELS)).map((path) => this.#copyAt(path)));
    const named = new Set(copies.flatMap((copy) => copy?.subscription.chunks ?? []));
    const stored = await caches.open(NAME);
    for (const path of await this.#paths(CHUNKS)) if (!named.has(path.slice(CHUNKS.length))) await stored.delete(path);
  }

  async #paths(folder: string): Promise<string[]> {
    const requests = await (await caches.open(NAME)).keys();
    return requests.map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith(folder));
  }

  async #read(path: string): Promise<unknown> {
    const response = await (await caches.open(NAME)).match(path);
    return response === undefined ? null : await response.json();
  }

  /** What lies there already is left alone: while it is written anew, a power cut may take both. */
  async #write(path: string, value: unknown): Promise<void> {
    const stored = await caches.open(NAME);
    const text = JSON.stringify(value);
    const before = await (await stored.match(path))?.text().catch(() => null);
    if (before !== text) await stored.put(path, new Response(text));
  }
}

function isPrivate(channel: string): boolean {
  return channel.startsWith("c:");
}

function slotPath(channel: string, slot: Slot): string {
  return `${CHANNELS}${encodeURIComponent(channel)}/${slot}`;
}

function markOf({ origin, rev, chunks }: Subscription): string {
  return JSON.stringify([origin, rev, chunks]);
}

function savedCopy(copy: ChannelCopy | null | undefined): SavedCopy | null {
  return copy == null ? null : { savedAtMs: copy.savedAtMs, mark: markOf(copy.subscription) };
}
