import { assert } from "@holdfast/domain/kernel/assert";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Instant } from "@holdfast/domain/kernel/instant";
import type { Entry, Tip } from "@holdfast/protocol/entry";
import { EVENT_DEFINITIONS, type TerminalEvent } from "@holdfast/protocol/events/event";
import type { StreamOpened } from "@holdfast/protocol/events/stream-opened";
import type { Sha256, Sign } from "./crypto.ts";
import type { AppendChange, Clock, DraftChange, LogState, LogStore, Mirror, StoredEntry, Writer } from "./ports.ts";

export type EventLogPorts = {
  readonly store: LogStore;
  readonly mirror: Mirror;
  readonly sha256: Sha256;
  readonly sign: Sign;
  readonly newId: () => Uuid;
  readonly clock: Clock;
  /** What the first entry of a stream says of its writer. */
  readonly genesis: () => Omit<StreamOpened, "after">;
  /** Cursor of each channel, as the terminal knows the shop at this moment. */
  readonly seen: () => Readonly<Record<string, string>>;
  readonly onMirrorFailure: (error: unknown) => void;
  /** What the second copy remembers of a log that may have lost its end, or all. */
  readonly remembered?: Remembered;
};

export type Remembered = {
  readonly counters: Writer["counters"];
  readonly last: { readonly stream: Uuid; readonly seq: number; readonly hash: string } | null;
};

/** An event about to be written; its id is made by whoever thought of it, so that a second try is the same event. */
export type NewEvent = TerminalEvent & { readonly event: Uuid };

/** What numbers the writer would give out next. Looking takes nothing; what was used is stored with the entries. */
export type NumberTaker = { readonly stream: Uuid; readonly next: (series: string) => number };

/** A wish to write: made when its turn comes, from the numbers that are then free. Drafts change in the same write. */
export type Append<T> = {
  readonly build: (numbers: NumberTaker) => {
    readonly events: readonly NewEvent[];
    readonly value: T;
    readonly drafts?: DraftChange;
  };
};

/** Another tab or a restart writes this terminal's log now; this one must not. */
export class LostWriter extends Error {
  override readonly name = "LostWriter";
}

type RawEvent = Pick<Entry, "event" | "type" | "tv" | "body">;

/** A write of which it is not known whether it happened: its word was lost, and the store could not be asked. */
type Doubt = { readonly writer: Writer; readonly entries: readonly StoredEntry[]; readonly value: unknown };

/** Entries of the stream before that are given to the second copy again at a start. */
const MIRRORED_AGAIN = 50;
/** Entries that a failing second copy is owed at most. */
const OWED_MAX = 1_000;

/**
 * The terminal's own log: a new stream at each start of the app and each business day, appended to by one writer at a time.
 * What `append` has resolved is on disk (INV-01), in order, signed, and will be the same bytes for ever (INV-03).
 */
export class EventLog {
  readonly #ports: EventLogPorts;
  #writer: Writer;
  #openedAt: Instant;
  #turn: Promise<unknown> = Promise.resolve();
  #doubt: Doubt | null = null;
  /** What the second copy could not take goes there with what comes next: without its parents an entry proves nothing. */
  #owed: readonly StoredEntry[] = [];
  readonly #listeners = new Set<(entries: readonly StoredEntry[]) => void>();

  private constructor(ports: EventLogPorts, { writer, openedAt }: Opened) {
    this.#ports = ports;
    this.#writer = writer;
    this.#openedAt = openedAt;
  }

  /** Opens a new stream and so takes over from whoever wrote before. */
  static async open(ports: EventLogPorts): Promise<EventLog> {
    for (;;) {
      const before = await ports.store.read();
      const opened = await openStream(ports, before.writer);
      if (opened === null) continue;
      const log = new EventLog(ports, opened);
      await log.#mirror([...(await cutOff(ports, before)), ...opened.entries]);
      return log;
    }
  }

  get stream(): Uuid {
    return this.#writer.stream;
  }

  /** When the present stream was opened, by the terminal's clock. */
  get openedAt(): Instant {
    return this.#openedAt;
  }

  get tip(): Tip {
    return this.#writer.tip;
  }

  /** @returns how to stop listening */
  onAppended(listener: (entries: readonly StoredEntry[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Writes events durably, all or none, and resolves when both copies were asked to hold them. */
  append<T>({ build }: Append<T>): Promise<T> {
    return this.#inTurn(async () => {
      const earlier = await this.#resolveDoubt();
      const taken: Record<string, number> = {};
      const numbers: NumberTaker = {
        stream: this.#writer.stream,
        next: (series) => {
          const next = (taken[series] ?? this.#writer.counters[series] ?? 0) + 1;
          taken[series] = next;
          return next;
        },
      };
      const { events, value, drafts } = build(numbers);
      // Tried again, it would be the same events with other content: what the first try stored is what happened.
      if (earlier !== null && areSame(events, earlier.entries)) return earlier.value as T;
      const raw = events.map(({ event, type, body }) => ({ event, type, tv: EVENT_DEFINITIONS[type].version, body }));
      await this.#write({ events: raw, taken, drafts, value });
      return value;
    });
  }

  /** Writes events of a stream that the server would not take once more, under their own ids and with their own content. */
  appendAgain(events: readonly RawEvent[]): Promise<void> {
    return this.#inTurn(async () => {
      await this.#resolveDoubt();
      await this.#write({ events, taken: {}, drafts: undefined, value: undefined });
    });
  }

  /** Leaves the present stream and opens a new one: at a new business day, or when somebody else writes the old one. */
  rotate(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#resolveDoubt();
      const opened = await openStream(this.#ports, this.#writer);
      if (opened === null) throw lostWriter();
      this.#writer = opened.writer;
      this.#openedAt = opened.openedAt;
      this.#tell(opened.entries);
      await this.#mirror(opened.entries);
    });
  }

  async #write({ events, taken, drafts, value }: Write): Promise<void> {
    const before = this.#writer;
    const entries = await linkEntries(this.#ports, { stream: before.stream, tip: before.tip }, events);
    const last = entries.at(-1);
    const tip = last === undefined ? before.tip : { seq: last.seq, hash: last.hash };
    const writer: Writer = { stream: before.stream, tip, counters: { ...before.counters, ...taken } };
    const expected = { stream: before.stream, hash: before.tip.hash };
    const change = { expected, entries, writer, ...(drafts === undefined ? {} : { drafts }) };
    this.#doubt = { writer, entries, value };
    const done = await appendOnce(this.#ports.store, change);
    this.#doubt = null;
    if (!done) throw lostWriter();
    await this.#stored({ writer, entries });
  }

  /** @returns the write in doubt, where it turns out to have happened */
  async #resolveDoubt(): Promise<Doubt | null> {
    const doubt = this.#doubt;
    if (doubt === null) return null;
    const isThere = await isWritten(this.#ports.store, doubt);
    this.#doubt = null;
    if (!isThere) return null;
    await this.#stored(doubt);
    return doubt;
  }

  async #stored({ writer, entries }: Pick<Doubt, "writer" | "entries">): Promise<void> {
    this.#writer = writer;
    // Before the second copy, which may take its time: until then nobody would know that something is unsent.
    this.#tell(entries);
    await this.#mirror(entries);
  }

  async #mirror(entries: readonly StoredEntry[]): Promise<void> {
    const all = [...this.#owed, ...entries];
    try {
      await this.#ports.mirror.write(all, this.#writer.counters);
      this.#owed = [];
    } catch (error) {
      this.#owed = all.slice(-OWED_MAX);
      this.#ports.onMirrorFailure(error);
    }
  }

  #tell(entries: readonly StoredEntry[]): void {
    for (const listener of this.#listeners) listener(entries);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/** A disk that broke down after it had stored everything has stored everything: then nothing is to be written once more. */
async function appendOnce(store: LogStore, change: AppendChange): Promise<boolean> {
  try {
    return (await store.append(change)) || (await isWritten(store, change));
  } catch (error) {
    if (await isWritten(store, change).catch(() => false)) return true;
    throw error;
  }
}

async function isWritten(store: LogStore, { writer: { stream, tip } }: Pick<AppendChange, "writer">): Promise<boolean> {
  const { writer } = await store.read();
  return writer?.stream === stream && writer.tip.hash === tip.hash;
}

function lostWriter(): LostWriter {
  return new LostWriter("another window writes this terminal's log now");
}

type Write = {
  readonly events: readonly RawEvent[];
  readonly taken: Readonly<Record<string, number>>;
  readonly drafts: DraftChange | undefined;
  readonly value: unknown;
};

type Opened = { readonly writer: Writer; readonly entries: readonly StoredEntry[]; readonly openedAt: Instant };

async function openStream(ports: EventLogPorts, before: Writer | null): Promise<Opened | null> {
  const stream = ports.newId();
  const after = before === null ? (ports.remembered?.last ?? null) : { stream: before.stream, ...before.tip };
  const body: StreamOpened = { ...ports.genesis(), after };
  const opened = { event: ports.newId(), type: "stream-opened", tv: EVENT_DEFINITIONS["stream-opened"].version, body };
  const entries = await linkEntries(ports, { stream, tip: null }, [opened]);
  const first = entries[0];
  assert(first !== undefined, "INV-02 a stream opens with one entry");
  const counters = furthest(before?.counters ?? {}, ports.remembered?.counters ?? {});
  const writer: Writer = { stream, tip: { seq: 0, hash: first.hash }, counters };
  const expected = before === null ? null : { stream: before.stream, hash: before.tip.hash };
  return (await appendOnce(ports.store, { expected, entries, writer }))
    ? { writer, entries, openedAt: first.at }
    : null;
}

/** The end of the stream before: a kill between the commit and the second copy left it without one. */
async function cutOff({ store }: EventLogPorts, { writer, streams }: LogState): Promise<StoredEntry[]> {
  const before = streams.find(({ stream }) => stream === writer?.stream);
  if (before === undefined) return [];
  const unsent = (before.receipt?.seq ?? -1) + 1;
  return await store.entries(before.stream, Math.max(unsent, before.tip.seq + 1 - MIRRORED_AGAIN), MIRRORED_AGAIN);
}

function areSame(events: readonly NewEvent[], entries: readonly StoredEntry[]): boolean {
  return events.length === entries.length && events.every(({ event }, index) => entries[index]?.event === event);
}

/** A number that either copy knows was used is used. */
function furthest(a: Writer["counters"], b: Writer["counters"]): Writer["counters"] {
  const counters: Record<string, number> = { ...a };
  for (const [series, number] of Object.entries(b)) counters[series] = Math.max(counters[series] ?? 0, number);
  return counters;
}

type Place = { readonly stream: Uuid; readonly tip: Tip | null };

/** Hash and signature are made before the store's transaction begins: awaiting anything else inside would end it. */
async function linkEntries(ports: EventLogPorts, place: Place, events: readonly RawEvent[]): Promise<StoredEntry[]> {
  const entries: StoredEntry[] = [];
  let tip = place.tip;
  const at = ports.clock.instant();
  const seen = ports.seen();
  for (const { event, type, tv, body } of events) {
    const seq = tip === null ? 0 : tip.seq + 1;
    const entry: Entry = { v: 1, stream: place.stream, seq, prev: tip?.hash ?? "", event, type, tv, at, seen, body };
    const raw = JSON.stringify(entry);
    const [hash, sig] = await Promise.all([ports.sha256(raw), ports.sign(raw)]);
    entries.push({ raw, sig, stream: place.stream, seq, hash, event, type, at });
    tip = { seq, hash };
  }
  return entries;
}
