import type { FeedReply } from "@holdfast/protocol/feed";
import type { LogReply } from "@holdfast/protocol/log";
import { backoffMs } from "./backoff.ts";
import { BatchSize } from "./batch-size.ts";
import { type BootstrapProgress, bootstrap } from "./bootstrap.ts";
import type { MaybePromise } from "./crypto.ts";
import type { EventLog } from "./event-log.ts";
import { LiveLine } from "./live-line.ts";
import { type Batch, type Outbox, toWire } from "./outbox.ts";
import type { CacheStore, Cancel, Clock, Dice, LogStore, Wire } from "./ports.ts";
import { readEntry } from "./read-entry.ts";
import type { Replica } from "./replica.ts";
import { WireFailure, type WireFailureKind } from "./wire-failure.ts";

/** What the last attempt to reach the authority told. */
export type Reach =
  | { readonly kind: "unknown" }
  | { readonly kind: "online"; readonly answeredAt: number }
  | { readonly kind: WireFailureKind; readonly message: string };

export type SyncPorts = {
  readonly wire: Wire;
  readonly log: EventLog;
  readonly store: LogStore;
  readonly outbox: Outbox;
  readonly replica: Replica;
  readonly clock: Clock;
  readonly dice: Dice;
  readonly cache: CacheStore;
  readonly sha256Bytes: (bytes: Uint8Array<ArrayBuffer>) => MaybePromise<string>;
  /** How far the first copy, or one made anew, has come. */
  readonly onProgress: (progress: BootstrapProgress) => void;
  /** What the terminal may read, as enrolment said; every answer to a pull says it anew. */
  readonly channels: readonly string[];
  readonly onChange: () => void;
  /** The server's clock in an answer, against mine. */
  readonly onServerTime: (serverMs: number) => void;
  /** A failure of ours: the loop goes on, someone should look. */
  readonly onFault: (error: unknown) => void;
};

const AFTER_APPEND_MS = 50;
const BACKSTOP_MS = 60_000;
const HAVE_EVERY_MS = 3_600_000;

/**
 * Brings the log up and the feed down, one exchange at a time, for ever: first what the server lacks, then what is new here.
 * Whatever asks for it meanwhile leads to one more round. Nothing persists that could stop it.
 */
export class SyncLoop {
  readonly #ports: SyncPorts;
  #reach: Reach = { kind: "unknown" };
  #running = false;
  #wanted = false;
  #failures = 0;
  #stopped = false;
  readonly #size = new BatchSize();
  #cancelTimer: Cancel | null = null;
  readonly #live: LiveLine;
  #origin: string | null = null;
  #serverNowMs = 0;
  #haveAt = Number.NEGATIVE_INFINITY;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #pullWanted = true;
  #channels: readonly string[];
  readonly #unlisten: () => void;

  constructor(ports: SyncPorts) {
    this.#ports = ports;
    this.#channels = ports.channels;
    this.#live = new LiveLine({ ...ports, pullSoon: (delayMs) => this.#pullSoon(delayMs) });
    this.#unlisten = ports.log.onAppended((entries) => {
      ports.outbox.noteAppended(entries);
      ports.onChange();
      // A line that is down is not knocked at by every sale: its own schedule goes on.
      if (this.#failures === 0) this.#schedule(AFTER_APPEND_MS);
    });
  }

  get reach(): Reach {
    return this.#reach;
  }

  get isBusy(): boolean {
    return this.#running;
  }

  /** Asks for a round now: at start, when the network seems back, when a person says so. */
  wake(): void {
    this.#failures = 0;
    this.#pullSoon(0);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#live.close();
    this.#unlisten();
  }

  #pullSoon(delayMs: number): void {
    this.#pullWanted = true;
    this.#schedule(delayMs);
  }

  #schedule(delayMs: number): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#wanted = true;
      return;
    }
    this.#cancelTimer?.();
    if (delayMs >= BACKSTOP_MS / 2) this.#pullWanted = true;
    this.#cancelTimer = this.#ports.clock.after(delayMs, () => void this.#run());
  }

  async #run(): Promise<void> {
    if (this.#running || this.#stopped) return;
    this.#running = true;
    this.#wanted = false;
    this.#ports.onChange();
    let delayMs: number;
    try {
      await this.#round();
      this.#failures = 0;
      delayMs = this.#wanted ? 0 : this.#backstopMs();
    } catch (error) {
      delayMs = this.#failed(error);
    }
    this.#running = false;
    this.#ports.onChange();
    this.#schedule(delayMs);
  }

  #backstopMs(): number {
    return Math.round(BACKSTOP_MS * (0.5 + this.#ports.dice()));
  }

  #failed(error: unknown): number {
    this.#failures += 1;
    const failure = error instanceof WireFailure ? error : null;
    if (failure === null) this.#ports.onFault(error);
    else this.#reach = { kind: failure.kind, message: failure.message };
    if (failure?.kind === "too-large") this.#size.shrink();
    this.#live.close();
    return backoffMs(this.#failures, this.#ports.dice, failure?.retryAfterMs ?? null);
  }

  async #round(): Promise<void> {
    await this.#ports.outbox.refresh();
    await this.#pushAll();
    await this.#checkWhatIsHeld();
    // While news come live, a sale going up need not be followed by a question coming down.
    if (this.#pullWanted || !this.#live.isOpen) await this.#pullAll();
    if (!this.#stopped) this.#live.open(this.#channels);
  }

  async #pushAll(): Promise<void> {
    const { outbox } = this.#ports;
    for (;;) {
      const batch = await outbox.nextBatch(this.#size.limits);
      if (batch.entries.length === 0) break;
      const reply = await this.#push(batch);
      this.#answered(reply);
      const after = await outbox.settle(batch, reply);
      this.#ports.onChange();
      if (after.rotate) await this.#ports.log.rotate();
      for (const { stream, from } of after.condemned) await this.#writeAnew(stream, from);
      if (!after.progressed && after.condemned.length === 0) throw refusedFor(reply);
    }
    await this.#pushStrays();
  }

  /** What only the second copy has goes up as it is: sealed to the server, which knows it again if it has it. */
  async #pushStrays(): Promise<void> {
    const { outbox, wire } = this.#ports;
    for (let batch = outbox.strays.nextBatch(this.#size.limits); batch !== null; ) {
      const reply = await wire.rescue(batch.text);
      this.#answered(reply);
      await outbox.settleStrays(batch, reply);
      this.#ports.onChange();
      if (reply.stopped.some(({ code }) => code === "unknown_key")) throw refusedFor(reply);
      batch = outbox.strays.nextBatch(this.#size.limits);
    }
  }

  async #push({ entries }: Batch): Promise<LogReply> {
    const { wire, clock } = this.#ports;
    const startedAt = clock.now();
    let wentWell = false;
    try {
      const reply = await wire.push(entries.map(toWire));
      wentWell = true;
      return reply;
    } finally {
      this.#size.note({ tookMs: clock.now() - startedAt, wentWell });
    }
  }

  /**
   * The events of entries that the server would not take as they stand go into the present stream, under their own ids, and
   * only then are those entries given up: after a kill in between they are refused, and written anew, once more.
   */
  async #writeAnew(stream: Parameters<LogStore["entries"]>[0], from: number): Promise<void> {
    const { log, store, outbox } = this.#ports;
    if (log.stream === stream) await log.rotate();
    const refused = await store.entries(stream, from, Number.MAX_SAFE_INTEGER);
    const events = refused.flatMap(({ raw }) => {
      const read = readEntry(raw);
      return "entry" in read && read.entry.type !== "stream-opened" ? [read.entry] : [];
    });
    if (events.length > 0) await log.appendAgain(events);
    await outbox.condemn(stream, from);
  }

  /** Asks whether the server still holds what it once confirmed: it may have been restored from a backup. */
  async #checkWhatIsHeld(): Promise<void> {
    const { outbox, wire, clock } = this.#ports;
    if (clock.now() - this.#haveAt < HAVE_EVERY_MS && clock.now() >= this.#haveAt) return;
    // Noted first: another origin, seen while this is under way, asks for one more comparison.
    this.#haveAt = clock.now();
    const confirmed = outbox
      .streams()
      .flatMap(({ stream, receipt }) => (receipt === null ? [] : [{ stream, hash: receipt.hash }]));
    if (confirmed.length === 0) return;
    try {
      const { origin, missing } = await wire.have(confirmed.map(({ hash }) => hash));
      this.#noteOrigin(origin);
      const lacks = new Set(missing);
      const streams = confirmed.filter(({ hash }) => lacks.has(hash)).map(({ stream }) => stream);
      outbox.resend(streams);
      if (streams.length > 0) {
        this.#ports.onChange();
        await this.#pushAll();
      }
      const held = confirmed.filter(({ hash }) => !lacks.has(hash)).map(({ stream }) => stream);
      await outbox.prune(new Set(held), this.#serverNowMs);
    } catch (error) {
      this.#haveAt = Number.NEGATIVE_INFINITY;
      throw error;
    }
  }

  async #pullAll(): Promise<void> {
    const { replica, wire, clock } = this.#ports;
    for (let more = true; more; ) {
      this.#pullWanted = false;
      await bootstrap(
        this.#ports,
        this.#channels.filter((channel) => replica.needsSnapshot(channel)),
      );
      const isDue = clock.now() - this.#checkedAt > HAVE_EVERY_MS || clock.now() < this.#checkedAt;
      // Somebody waits for the first copy, and the server takes its time to add up a large one: what just came can be checked later.
      const check = isDue && replica.isComplete(this.#channels);
      const channels = this.#channels.map((channel) => ({ channel, cursor: replica.cursorOf(channel) }));
      const reply = await wire.pull({ channels, check });
      this.#answered(reply);
      this.#channels = reply.subscribed;
      more = await replica.take(reply);
      if (check && !more) {
        this.#checkedAt = clock.now();
        more = this.#rebuildWhatDisagrees(reply);
      }
      this.#ports.onChange();
    }
  }

  #rebuildWhatDisagrees(reply: FeedReply): boolean {
    const wrong = Object.entries(reply.channels).filter(
      ([channel, { check }]) => check !== undefined && !this.#ports.replica.agrees(channel, check),
    );
    for (const [channel] of wrong) this.#ports.replica.rebuild(channel);
    return wrong.length > 0;
  }

  #answered({ origin, now }: Pick<LogReply, "origin" | "now">): void {
    this.#reach = { kind: "online", answeredAt: this.#ports.clock.now() };
    this.#serverNowMs = now;
    this.#ports.onServerTime(now);
    this.#noteOrigin(origin);
  }

  /** Another origin: the server may lack what it once confirmed, and is asked at once. */
  #noteOrigin(origin: string): void {
    if (this.#origin !== null && this.#origin !== origin) {
      this.#haveAt = Number.NEGATIVE_INFINITY;
      this.#wanted = true;
    }
    this.#origin = origin;
  }
}

function refusedFor({ stopped }: LogReply): WireFailure {
  const unknownKey = stopped.find(({ code }) => code === "unknown_key");
  return unknownKey === undefined
    ? new WireFailure("server", stopped[0]?.message ?? "the server took nothing of it")
    : new WireFailure("signed-out", unknownKey.message);
}
