import type { BranchId } from "@holdfast/domain/party/merchant";
import type { LiveFeed } from "@holdfast/protocol/feed";
import { feedPageMax } from "@holdfast/protocol/limits";
import type { Cancel } from "@holdfast/sync/ports";
import type { MemoryDatabase } from "../../../apps/server/src/testing/memory-database.ts";
import { branchTips, readPage } from "./memory-feed.ts";
import type { LiveLine } from "./server-side.ts";

/** Documents beyond which an event only says: pull. */
const INLINE_DOCUMENTS_MAX = 12;

type LiveChannel = { readonly lines: Set<LiveLine>; toldTo: number };

/** Tells open lines of one server process what changed. Each event is read once and goes to all. */
export class MemoryLive {
  readonly #db: MemoryDatabase;
  readonly #channels = new Map<string, LiveChannel>();
  /** Streams whose tip moved within the last minutes. */
  readonly #isRecent: (stream: string) => boolean;

  constructor(db: MemoryDatabase, isRecent: (stream: string) => boolean) {
    this.#db = db;
    this.#isRecent = isRecent;
  }

  /** @returns the heads that the first events will continue from */
  join(
    channels: readonly string[],
    line: LiveLine,
  ): { readonly heads: Record<string, number>; readonly leave: Cancel } {
    const heads: Record<string, number> = {};
    for (const channel of channels) {
      const live = this.#channels.get(channel) ?? { lines: new Set(), toldTo: this.#db.heads.get(channel) ?? 0 };
      this.#channels.set(channel, live);
      live.lines.add(line);
      heads[channel] = live.toldTo;
    }
    return { heads, leave: () => this.#leave(channels, line) };
  }

  /** Looks at every channel that someone listens to. */
  look(): void {
    for (const [channel, live] of this.#channels) {
      const event = this.#eventOf(channel, live);
      if (event === null) continue;
      for (const line of live.lines) line.onNews({ kind: "feed", data: event });
    }
  }

  #eventOf(channel: string, live: LiveChannel): LiveFeed | null {
    const head = this.#db.heads.get(channel) ?? 0;
    const from = live.toldTo;
    if (from === head) return null;
    live.toldTo = head;
    const { docs, to } = readPage(this.#db, channel, { from, limit: feedPageMax });
    const { origin } = this.#db;
    if (to !== head || docs.length > INLINE_DOCUMENTS_MAX)
      return { origin, channel, from, to: head, docs: null, acks: {} };
    const acks = channel.startsWith("b:") ? branchTips(this.#db, channel.slice(2) as BranchId, this.#isRecent) : {};
    return { origin, channel, from, to, docs, acks };
  }

  #leave(channels: readonly string[], line: LiveLine): void {
    for (const channel of channels) {
      const live = this.#channels.get(channel);
      live?.lines.delete(line);
      if (live?.lines.size === 0) this.#channels.delete(channel);
    }
  }
}
