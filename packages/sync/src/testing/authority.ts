import { createHash } from "node:crypto";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { SignedEntry, Tip } from "@holdfast/protocol/entry";
import type { FeedDocument, FeedReply, LiveFeed, Manifest } from "@holdfast/protocol/feed";
import type { LogReply, ServerReceipt, Stop } from "@holdfast/protocol/log";
import { serverReceiptText } from "@holdfast/protocol/log";
import { CHUNK_FORMAT, encodeChunk, type OpenChunk, openChunk } from "../chunk.ts";
import type { CachedDocument, Cancel, LiveListener, PullQuestion, Wire } from "../ports.ts";
import { readEntry } from "../read-entry.ts";
import { WireFailure } from "../wire-failure.ts";

export type WireCall = "push" | "rescue" | "have" | "pull" | "manifest" | "chunk";

type Held = { readonly stream: Uuid; readonly seq: number; readonly event: Uuid; readonly type: string };
type ChannelState = { head: number; readonly docs: Map<string, FeedDocument> };

export function sha256(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Stands in for ECDSA in tests that are not about it: 64 bytes that only whoever has the secret can make. */
export function keyedHash(text: string, secret = "terminal"): string {
  return createHash("sha512").update(`${secret}|${text}`).digest("base64url");
}

/**
 * What a terminal syncs with, in memory and with no more than the rules of the wire: parents, receipts, revisions. What
 * goes wrong on the way is written into `before` and `after`.
 */
export class Authority {
  origin = "o1";
  nowMs = Date.UTC(2026, 10, 23, 8);
  /** Runs as a call arrives, and after it has had its effect: throwing there loses the request, or the reply. */
  before: (call: WireCall) => void | Promise<void> = () => undefined;
  after: (call: WireCall) => void | Promise<void> = () => undefined;
  readonly calls: WireCall[] = [];
  readonly pushes: (readonly SignedEntry[])[] = [];
  readonly questions: PullQuestion[] = [];
  readonly held = new Map<string, Held>();
  readonly events = new Map<Uuid, string>();
  /** Entries that are refused as they stand, and events that are set aside. */
  readonly badHashes = new Set<string>();
  readonly quarantined = new Map<Uuid, string>();
  unknownKey = false;
  readonly listeners = new Set<LiveListener>();
  readonly snapshots = new Map<string, { readonly manifest: Manifest; readonly chunks: Map<string, Uint8Array> }>();
  readonly resets = new Map<string, FeedReply["reset"][string]>();
  pageSize = 1_000;
  readonly #tips = new Map<Uuid, Tip>();
  readonly #channels = new Map<string, ChannelState>();

  get wire(): Wire {
    return {
      push: (entries) => this.#answer("push", () => this.#push(entries)),
      rescue: (text) => this.#answer("rescue", () => this.#rescue(text)),
      have: (hashes) =>
        this.#answer("have", () => ({
          origin: this.origin,
          missing: hashes.filter((hash) => !this.held.has(hash)),
          end: true as const,
        })),
      pull: (question) => this.#answer("pull", () => this.#pull(question)),
      manifest: (channel) => this.#answer("manifest", () => this.snapshots.get(channel)?.manifest ?? null),
      chunk: (hash) => this.#answer("chunk", () => this.#chunk(hash)),
      live: (_channels, listener): Cancel => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
    };
  }

  verifyReceipt = async (receipt: ServerReceipt): Promise<boolean> =>
    receipt.sig === keyedHash(serverReceiptText(receipt), "server");

  receiptFor(stream: Uuid, tip: Tip): ServerReceipt {
    const told = { stream, ...tip, origin: this.origin, at: new Date(this.nowMs).toISOString() };
    return { ...told, kid: "k", sig: keyedHash(serverReceiptText(told), "server") };
  }

  /** Restored from a backup: what came after it is gone, and it says so with a new origin. */
  forget(stream: Uuid, fromSeq: number, origin: string): void {
    for (const [hash, held] of this.held) {
      if (held.stream !== stream || held.seq < fromSeq) continue;
      this.held.delete(hash);
      this.events.delete(held.event);
    }
    const last = [...this.held].find(([, held]) => held.stream === stream && held.seq === fromSeq - 1);
    if (last === undefined) this.#tips.delete(stream);
    else this.#tips.set(stream, { seq: fromSeq - 1, hash: last[0] });
    this.origin = origin;
  }

  put(channel: string, kind: string, id: string, body: unknown): void {
    const { state, rev } = this.#raise(channel);
    state.docs.set(`${kind} ${id}`, { kind, id, rev, body });
  }

  remove(channel: string, kind: string, id: string): void {
    const { state, rev } = this.#raise(channel);
    state.docs.set(`${kind} ${id}`, { kind, id, rev, deleted: true, body: null });
  }

  /** Makes a snapshot of a channel as it stands, with so many documents in a chunk. */
  snapshot(channel: string, chunkSize = 2): Manifest {
    const { docs, head } = this.#channel(channel);
    const live = [...docs.values()].filter(({ deleted }) => deleted !== true);
    const kinds = Map.groupBy(live, ({ kind }) => kind);
    const chunks = new Map<string, Uint8Array>();
    const named: Manifest["chunks"] = [];
    for (const [kind, all] of kinds) {
      for (let first = 0; first < all.length; first += chunkSize) {
        const part = all.slice(first, first + chunkSize) as CachedDocument[];
        const bytes = new TextEncoder().encode(JSON.stringify(encodeChunk(kind, part)));
        chunks.set(sha256(bytes), bytes);
        named.push({ sha256: sha256(bytes), bytes: bytes.length, count: part.length });
      }
    }
    const manifest: Manifest = {
      origin: this.origin,
      channel,
      rev: head,
      format: CHUNK_FORMAT,
      count: live.length,
      acks: {},
      chunks: named,
      end: true,
    };
    this.snapshots.set(channel, { manifest, chunks });
    return manifest;
  }

  /** Tells everyone who listens what a channel's last document says. */
  tellLive(channel: string, change: Partial<LiveFeed> = {}): void {
    const { docs, head } = this.#channel(channel);
    const newest = [...docs.values()].filter(({ rev }) => rev === head);
    for (const listener of this.listeners)
      listener.onFeed({ origin: this.origin, channel, from: head - 1, to: head, docs: newest, ...change });
  }

  heads(): Record<string, number> {
    return Object.fromEntries([...this.#channels].map(([channel, { head }]) => [channel, head]));
  }

  async #answer<T>(call: WireCall, work: () => T): Promise<T> {
    this.calls.push(call);
    await this.before(call);
    const answer = work();
    await this.after(call);
    return answer;
  }

  #push(entries: readonly SignedEntry[]): LogReply {
    this.pushes.push(entries);
    const stopped: Stop[] = [];
    const stops = new Set<Uuid>();
    const touched = new Set<Uuid>();
    let accepted = 0;
    for (const [line, { raw, sig }] of entries.entries()) {
      const read = readEntry(raw);
      if (!("entry" in read)) throw new Error(read.unreadable.message);
      const { stream, seq, prev, event, type } = read.entry;
      touched.add(stream);
      if (stops.has(stream)) continue;
      const hash = sha256(raw);
      const code = this.#refusalOf({ hash, sig, raw, prev, seq });
      if (code !== null) {
        stops.add(stream);
        stopped.push({ line, stream, code, message: code, tip: this.#tips.get(stream) ?? null });
        continue;
      }
      accepted += 1;
      this.held.set(hash, { stream, seq, event, type });
      this.events.set(event, raw);
      if (seq >= (this.#tips.get(stream)?.seq ?? -1)) this.#tips.set(stream, { seq, hash });
    }
    const tips = [...touched].flatMap((stream): [Uuid, Tip][] => {
      const tip = this.#tips.get(stream);
      return tip === undefined ? [] : [[stream, tip]];
    });
    const told = new Set(entries.map(({ raw }) => JSON.parse(raw).event as Uuid));
    return {
      origin: this.origin,
      now: this.nowMs,
      accepted,
      streams: Object.fromEntries(tips),
      receipts: tips.map(([stream, tip]) => this.receiptFor(stream, tip)),
      quarantined: [...this.quarantined]
        .filter(([event]) => told.has(event))
        .map(([event, code]) => ({ event, code, message: `set aside: ${code}` })),
      stopped,
      next: { maxEntries: 500, maxBytes: 1_000_000, delayMs: 0 },
      end: true,
    };
  }

  /** A row that cannot be read here is one that is sealed to another server. */
  #rescue(text: string): LogReply {
    const rows = text.split("\n").slice(1);
    const opened = rows.map((row) => (row.startsWith("{") ? (JSON.parse(row) as SignedEntry) : null));
    const reply = this.#push(opened.filter((row) => row !== null));
    const unopened = opened.flatMap((row, line): Stop[] =>
      row === null ? [{ line, stream: null, code: "bad_entry", message: "sealed", tip: null }] : [],
    );
    return { ...reply, stopped: [...reply.stopped, ...unopened] };
  }

  #refusalOf(entry: { hash: string; sig: string; raw: string; prev: string; seq: number }): Stop["code"] | null {
    if (this.held.has(entry.hash)) return null;
    if (this.unknownKey) return "unknown_key";
    if (this.badHashes.has(entry.hash) || entry.sig !== keyedHash(entry.raw)) return "bad_entry";
    return entry.seq > 0 && !this.held.has(entry.prev) ? "unknown_parent" : null;
  }

  #pull(question: PullQuestion): FeedReply {
    this.questions.push(question);
    const reply: FeedReply = {
      origin: this.origin,
      now: this.nowMs,
      channels: {},
      reset: {},
      subscribed: [...this.#channels.keys()],
      end: true,
    };
    for (const { channel, cursor } of question.channels) {
      const reset = this.resets.get(channel);
      const [origin, rev] = cursor === null ? [this.origin, "0"] : (cursor.split(".") as [string, string]);
      if (!this.#channels.has(channel)) reply.reset[channel] = "unsubscribed";
      else if (origin !== this.origin || reset !== undefined) reply.reset[channel] = reset ?? "origin";
      else reply.channels[channel] = this.#page(channel, Number(rev), question.check);
      this.resets.delete(channel);
    }
    return reply;
  }

  #page(channel: string, from: number, check: boolean): FeedReply["channels"][string] {
    const { head, docs } = this.#channel(channel);
    const newer = [...docs.values()].filter(({ rev }) => rev > from).sort((a, b) => a.rev - b.rev);
    const page = newer.slice(0, this.pageSize);
    const to = newer.length > page.length ? (page.at(-1)?.rev ?? head) : head;
    const live = [...docs.values()].filter(({ deleted }) => deleted !== true);
    return {
      from,
      to,
      head,
      docs: page,
      ...(to === head && { acks: Object.fromEntries(this.#tips) }),
      ...(check &&
        to === head && {
          check: { count: live.length, revSum: String(live.reduce((sum, { rev }) => sum + rev, 0)) },
        }),
    };
  }

  #chunk(hash: string): Uint8Array<ArrayBuffer> {
    for (const { chunks } of this.snapshots.values()) {
      const bytes = chunks.get(hash);
      if (bytes !== undefined) return new Uint8Array(bytes);
    }
    throw new WireFailure("none-there", "no such chunk");
  }

  #raise(channel: string): { state: ChannelState; rev: number } {
    const state = this.#channel(channel);
    state.head += 1;
    return { state, rev: state.head };
  }

  #channel(channel: string): ChannelState {
    const known = this.#channels.get(channel) ?? { head: 0, docs: new Map<string, FeedDocument>() };
    this.#channels.set(channel, known);
    return known;
  }
}

export async function decodePlainChunk(bytes: Uint8Array<ArrayBuffer>): Promise<OpenChunk> {
  return openChunk(new TextDecoder().decode(bytes));
}
