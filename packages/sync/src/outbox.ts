import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Instant } from "@holdfast/domain/kernel/instant";
import type { SignedEntry, Tip } from "@holdfast/protocol/entry";
import { retentionDays } from "@holdfast/protocol/limits";
import type { LogReply, ServerReceipt, Stop } from "@holdfast/protocol/log";
import type { Attention, LogState, LogStore, StoredEntry, StreamState } from "./ports.ts";
import { type StrayBatch, Strays, type VerifyReceipt } from "./strays.ts";
import { confirmedTo, endOf, further, type TrackedStream, unsent } from "./tracked-stream.ts";

const RETENTION_MS = retentionDays * 86_400_000;

export type BatchLimits = { readonly entriesMax: number; readonly bytesMax: number };

export type Batch = { readonly entries: readonly StoredEntry[] };

/** What the answer to a batch asks of the writer. */
export type AfterPush = {
  /** Somebody else writes the stream that I am writing: open another. */
  readonly rotate: boolean;
  /** Streams whose entries from here on were refused as they stand: their events are to be written anew. */
  readonly condemned: readonly { readonly stream: Uuid; readonly from: number }[];
  /** Anything was newly acknowledged, or all of it had been. */
  readonly progressed: boolean;
};

/**
 * What the server has not confirmed yet. An entry leaves only by a receipt that the server signed for this very hash; then it
 * still stays in the log for weeks.
 */
export class Outbox {
  readonly #store: LogStore;
  readonly #verifyReceipt: VerifyReceipt;
  readonly #streams = new Map<Uuid, TrackedStream>();
  readonly #attention = new Map<Uuid, Attention>();
  /** What only the second copy has. */
  readonly strays: Strays;

  private constructor(store: LogStore, verifyReceipt: VerifyReceipt, strays: Strays) {
    this.#store = store;
    this.#verifyReceipt = verifyReceipt;
    this.strays = strays;
  }

  static async load(
    store: LogStore,
    verifyReceipt: VerifyReceipt,
    strays: Strays = new Strays([], { verifyReceipt, forget: async () => undefined }),
  ): Promise<Outbox> {
    const outbox = new Outbox(store, verifyReceipt, strays);
    outbox.#take(await store.read());
    return outbox;
  }

  /** Another window of this terminal writes to the same log, or did: what it left is to be sent from here as well. */
  async refresh(): Promise<void> {
    this.#take(await this.#store.read());
  }

  #take({ streams, attention }: LogState): void {
    for (const state of streams) {
      const known = this.#streams.get(state.stream);
      this.#streams.set(state.stream, known === undefined ? unsent(state) : further(known, state));
    }
    for (const each of attention) this.#attention.set(each.event, each);
  }

  noteAppended(entries: readonly StoredEntry[]): void {
    for (const { stream, seq, hash } of entries) {
      const known =
        this.#streams.get(stream) ?? unsent({ stream, tip: { seq, hash }, receipt: null, condemnedFrom: null });
      this.#streams.set(stream, { ...known, tip: { seq, hash } });
    }
  }

  streams(): readonly StreamState[] {
    return [...this.#streams.values()];
  }

  attention(): readonly Attention[] {
    return [...this.#attention.values()];
  }

  /** Entries that no receipt covers, wherever on this device they are. */
  get unsentCount(): number {
    let count = this.strays.count;
    // The server may hold what was given up here: that is nothing less to send of the others.
    for (const stream of this.#streams.values()) count += Math.max(0, endOf(stream) - confirmedTo(stream));
    return count;
  }

  isSent(stream: Uuid, seq: number): boolean {
    const known = this.#streams.get(stream);
    return known !== undefined && seq <= confirmedTo(known);
  }

  /** When the oldest unsent entry was made. */
  async oldestUnsent(): Promise<Instant | null> {
    for (const stream of this.#streams.values()) {
      const acked = confirmedTo(stream);
      if (endOf(stream) > acked) return (await this.#store.entries(stream.stream, acked + 1, 1))[0]?.at ?? null;
    }
    return null;
  }

  /** The next entries to send, oldest streams first; empty when all were sent as far as I know. */
  async nextBatch({ entriesMax, bytesMax }: BatchLimits): Promise<Batch> {
    const entries: StoredEntry[] = [];
    let bytes = 0;
    for (const stream of this.#streams.values()) {
      const last = endOf(stream);
      if (stream.sentSeq >= last) continue;
      const next = await this.#store.entries(
        stream.stream,
        stream.sentSeq + 1,
        Math.min(entriesMax - entries.length, last - stream.sentSeq),
      );
      for (const entry of next) {
        bytes += entry.raw.length;
        // One that is larger than a whole batch travels alone.
        if (entries.length > 0 && bytes > bytesMax) return { entries };
        entries.push(entry);
      }
      if (entries.length >= entriesMax) break;
    }
    return { entries };
  }

  /** Takes in a complete answer: what is confirmed, what was set aside, what has to be sent again. */
  async settle({ entries }: Batch, reply: LogReply): Promise<AfterPush> {
    const isNews = await this.#takeReceipts(reply.receipts);
    await this.#takeAttention(reply);
    // An answer that does not speak of them, such as a proxy's old one, says nothing of where they are.
    const renewed = await this.#renewed(reply.receipts);
    const confirmed = entries.filter(({ stream, seq }) => {
      const known = this.#streams.get(stream);
      const to = known?.isDoubted === true ? renewed.get(stream) : known?.receipt?.seq;
      return seq <= (to ?? -1);
    });
    for (const { stream, seq } of confirmed) this.#setSent(stream, seq);
    const condemned: { stream: Uuid; from: number }[] = [];
    for (const stop of firstStops(reply.stopped, entries)) {
      if (stop.code === "bad_entry") condemned.push({ stream: stop.entry.stream, from: stop.entry.seq });
      else await this.#takeStop(stop);
    }
    const rotate = await this.#someoneElseWrites(reply.streams);
    return { rotate, condemned, progressed: isNews || confirmed.length === entries.length };
  }

  async #takeReceipts(receipts: readonly ServerReceipt[]): Promise<boolean> {
    const valid: ServerReceipt[] = [];
    for (const receipt of receipts) {
      const mine = await this.#entryAt(receipt.stream, receipt.seq);
      const known = this.#streams.get(receipt.stream)?.receipt ?? null;
      // A server that lost it and has it again signs anew: from then on it is kept as long as after the first time.
      const isNews =
        receipt.seq > (known?.seq ?? -1) || (receipt.seq === known?.seq && receipt.origin !== known.origin);
      if (isNews && mine?.hash === receipt.hash && (await this.#verifyReceipt(receipt))) valid.push(receipt);
    }
    if (valid.length === 0) return false;
    await this.#store.saveReceipts(valid);
    for (const receipt of valid) {
      const stream = this.#streams.get(receipt.stream);
      if (stream !== undefined) this.#streams.set(receipt.stream, { ...stream, receipt });
    }
    return true;
  }

  /** Up to where the server confirms anew what it had lost. */
  async #renewed(receipts: readonly ServerReceipt[]): Promise<ReadonlyMap<Uuid, number>> {
    const to = new Map<Uuid, number>();
    for (const receipt of receipts) {
      const { stream, seq, hash } = receipt;
      if (this.#streams.get(stream)?.isDoubted !== true || seq <= (to.get(stream) ?? -1)) continue;
      const mine = await this.#entryAt(stream, seq);
      if (mine?.hash === hash && (await this.#verifyReceipt(receipt))) to.set(stream, seq);
    }
    return to;
  }

  async #takeAttention({ quarantined }: LogReply): Promise<void> {
    const add = quarantined.filter(({ event }) => !this.#attention.has(event));
    if (add.length === 0) return;
    await this.#store.saveAttention({ add, remove: [] });
    for (const each of add) this.#attention.set(each.event, each);
  }

  async #takeStop({ code, entry, tip }: PlacedStop): Promise<void> {
    const { stream } = entry;
    if (code === "unknown_key") return this.#rewind(stream, entry.seq - 1);
    const shared = tip !== null && (await this.#entryAt(stream, tip.seq))?.hash === tip.hash;
    this.#rewind(stream, shared ? tip.seq : -1);
  }

  /** From here on a stream is not sent any more as it stands: what it says has been written anew. */
  async condemn(stream: Uuid, from: number): Promise<void> {
    await this.#store.condemn(stream, from);
    const known = this.#streams.get(stream);
    if (known !== undefined) this.#streams.set(stream, { ...known, condemnedFrom: from });
  }

  /** The server shows an entry of my stream that I do not hold. */
  async #someoneElseWrites(tips: Readonly<Record<string, Tip>>): Promise<boolean> {
    const current = [...this.#streams.keys()].at(-1);
    const tip = current === undefined ? undefined : tips[current];
    if (current === undefined || tip === undefined) return false;
    return (await this.#entryAt(current, tip.seq))?.hash !== tip.hash;
  }

  /** Takes in the answer to a batch of strays. */
  async settleStrays(batch: StrayBatch, reply: LogReply): Promise<void> {
    await this.#takeAttention(reply);
    await this.strays.settle(batch, reply);
  }

  /**
   * Forgets streams that the server has held long enough, by its own clock and its own signed word (INV-07).
   * @param held whose confirmed end it has just said it still has
   */
  async prune(held: ReadonlySet<Uuid>, serverNowMs: number): Promise<void> {
    const writing = [...this.#streams.keys()].at(-1);
    const old: Uuid[] = [];
    for (const stream of this.#streams.values()) {
      const { receipt } = stream;
      if (receipt === null || stream.stream === writing || !held.has(stream.stream)) continue;
      if (receipt.seq < stream.tip.seq || serverNowMs - Date.parse(receipt.at) < RETENTION_MS) continue;
      if (await this.#verifyReceipt(receipt)) old.push(stream.stream);
    }
    if (old.length === 0) return;
    await this.#store.prune(old);
    for (const stream of old) this.#streams.delete(stream);
  }

  /** The server lacks what it once confirmed, or may: everything of these streams is offered again from the start. */
  resend(streams: Iterable<Uuid>): void {
    for (const stream of streams) {
      const known = this.#streams.get(stream);
      if (known !== undefined) this.#streams.set(stream, { ...known, sentSeq: -1, isDoubted: true });
    }
  }

  #rewind(stream: Uuid, sentSeq: number): void {
    const known = this.#streams.get(stream);
    if (known !== undefined) this.#streams.set(stream, { ...known, sentSeq });
  }

  #setSent(stream: Uuid, seq: number): void {
    const known = this.#streams.get(stream);
    if (known === undefined || seq <= known.sentSeq) return;
    const isDoubted = known.isDoubted && seq < (known.receipt?.seq ?? -1);
    this.#streams.set(stream, { ...known, sentSeq: seq, isDoubted });
  }

  async #entryAt(stream: Uuid, seq: number): Promise<StoredEntry | undefined> {
    return this.#streams.has(stream) ? (await this.#store.entries(stream, seq, 1))[0] : undefined;
  }
}

type PlacedStop = Pick<Stop, "code" | "tip"> & { readonly entry: StoredEntry };

/** Where each stream stopped first; what follows a stop follows from it. */
function firstStops(stops: readonly Stop[], entries: readonly StoredEntry[]): PlacedStop[] {
  const first = new Map<Uuid, PlacedStop>();
  for (const { line, code, tip } of stops) {
    const entry = entries[line];
    if (entry !== undefined && !first.has(entry.stream)) first.set(entry.stream, { code, tip, entry });
  }
  return [...first.values()];
}

export function toWire({ raw, sig }: StoredEntry): SignedEntry {
  return { raw, sig };
}
