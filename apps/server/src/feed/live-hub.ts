import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { LiveFeed } from "@holdfast/protocol/feed";
import { liveInlineBytesMax } from "@holdfast/protocol/limits";
import type { Db } from "../db/database.ts";
import { inSnapshot } from "../db/database.ts";
import { branchTips, channelHeads, readPage } from "./read.ts";

/** More documents than could be inlined need not be read: none is smaller than this many bytes. */
const INLINE_DOCUMENTS_MAX = Math.floor(liveInlineBytesMax / 64);

type Listener = (event: string) => void;

type LiveChannel = {
  readonly merchant: MerchantId;
  readonly channel: string;
  readonly listeners: Set<Listener>;
  /** Revision up to which listeners were told; null until the first look. */
  toldTo: number | null;
  /** A look is under way, and whether another is wanted after it. */
  looking: "no" | "yes" | "again";
};

/** Streams that were silent for longer are told by the answer to a pull. */
const LIVE_TIPS_MINUTES = 10;

export type Subscribed = { readonly heads: Readonly<Record<string, number>>; readonly leave: () => void };

export type LiveHubOptions = {
  readonly db: Db;
  readonly originOf: (merchant: MerchantId) => Promise<string>;
  readonly onError: (error: unknown) => void;
  /** How often heads are looked at for changes that another server process made. */
  readonly pollMs: number;
};

/**
 * Tells connected terminals what changed. Each event is read once and sent to all; nothing depends on it, for terminals pull
 * by themselves anyway.
 */
export class LiveHub {
  readonly #options: LiveHubOptions;
  readonly #channels = new Map<string, LiveChannel>();
  readonly #timer: NodeJS.Timeout;

  constructor(options: LiveHubOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#pollAll(), options.pollMs);
    this.#timer.unref();
  }

  /** Listens from now on; the heads say what the first event will continue from. */
  async subscribe(merchant: MerchantId, channels: readonly string[], listener: Listener): Promise<Subscribed> {
    const live = channels.map((channel) => this.#channelOf(merchant, channel));
    for (const channel of live) channel.listeners.add(listener);
    for (const channel of live) if (channel.toldTo === null) await this.#look(channel);
    return {
      heads: Object.fromEntries(live.map(({ channel, toldTo }) => [channel, toldTo ?? 0])),
      leave: () => {
        for (const channel of live) {
          channel.listeners.delete(listener);
          if (channel.listeners.size === 0) this.#channels.delete(`${channel.merchant} ${channel.channel}`);
        }
      },
    };
  }

  /** Call after the commit that changed the channels. */
  changed(merchant: MerchantId, channels: Iterable<string>): void {
    for (const channel of channels) {
      const live = this.#channels.get(`${merchant} ${channel}`);
      if (live !== undefined) void this.#look(live);
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#channels.clear();
  }

  #channelOf(merchant: MerchantId, channel: string): LiveChannel {
    const key = `${merchant} ${channel}`;
    const known = this.#channels.get(key);
    if (known !== undefined) return known;
    const made: LiveChannel = { merchant, channel, listeners: new Set(), toldTo: null, looking: "no" };
    this.#channels.set(key, made);
    return made;
  }

  #pollAll(): void {
    const byMerchant = new Map<MerchantId, LiveChannel[]>();
    for (const live of this.#channels.values())
      byMerchant.set(live.merchant, [...(byMerchant.get(live.merchant) ?? []), live]);
    for (const [merchant, live] of byMerchant) void this.#poll(merchant, live);
  }

  async #poll(merchant: MerchantId, live: readonly LiveChannel[]): Promise<void> {
    try {
      const names = live.map(({ channel }) => channel);
      const heads = await inSnapshot(this.#options.db, (tx) => channelHeads(tx, merchant, names));
      for (const each of live) if ((heads.get(each.channel)?.rev ?? 0) !== each.toldTo) void this.#look(each);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  async #look(live: LiveChannel): Promise<void> {
    if (live.looking !== "no") {
      live.looking = "again";
      return;
    }
    live.looking = "yes";
    try {
      const event = await this.#read(live);
      if (event !== null) for (const listener of live.listeners) listener(event);
    } catch (error) {
      this.#options.onError(error);
    }
    const again = (live.looking as LiveChannel["looking"]) === "again";
    live.looking = "no";
    if (again) await this.#look(live);
  }

  async #read(live: LiveChannel): Promise<string | null> {
    const { merchant, channel } = live;
    const origin = await this.#options.originOf(merchant);
    return await inSnapshot(this.#options.db, async (tx) => {
      const head = (await channelHeads(tx, merchant, [channel])).get(channel)?.rev ?? 0;
      const from = live.toldTo;
      live.toldTo = head;
      if (from === null || from === head) return null;
      const page = await readPage(tx, merchant, { channel, from, head, limit: INLINE_DOCUMENTS_MAX });
      const acks = await branchTips(tx, merchant, { channel, minutes: LIVE_TIPS_MINUTES });
      const whole: LiveFeed = { origin, channel, from, to: page.to, docs: page.docs, acks };
      const text = JSON.stringify(whole);
      const fits = page.to === head && text.length <= liveInlineBytesMax;
      return fits ? text : JSON.stringify({ ...whole, to: head, docs: null, acks: {} } satisfies LiveFeed);
    });
  }
}
