import type { Uuid } from "@holdfast/domain/kernel/id";
import type { AppendChange, Draft, DraftChange, LogStore, StoredEntry, StreamState } from "@holdfast/sync/ports";
import { withReceipt } from "@holdfast/sync/with-receipt";
import type { Process } from "../world/process.ts";
import type { Disk } from "./disk.ts";
import type { LogTables } from "./profile.ts";
import type { Durability } from "./sim-database.ts";

export type LogStoreOptions = {
  readonly disk: Disk;
  readonly process: Process;
  readonly durability: Durability;
  /** Told when an append is on the disk, whether or not anyone will hear of it. */
  readonly onStored: (change: AppendChange) => void;
};

/** A log with the open carts beside it, which only the writer may change. */
export type TerminalLogStore = LogStore & {
  readonly drafts: () => Promise<Draft[]>;
  /** False where another stream is written by now. */
  readonly changeDrafts: (change: DraftChange, stream: Uuid) => Promise<boolean>;
};

/** The terminal's log on the simulated disk, as the browser's store does it: one transaction a call. */
export function diskLogStore({ disk, process, durability, onStored }: LogStoreOptions): TerminalLogStore {
  const { database } = disk;
  const tables = (): LogTables => disk.profile.log;
  const write = (label: string, apply: (log: LogTables) => () => void): Promise<void> =>
    database.write(process, {
      label,
      durability,
      apply: () => ({ value: undefined, undo: apply(tables()) }),
    });
  const changeStream = (log: LogTables, stream: Uuid, change: (state: StreamState) => StreamState): (() => void) => {
    const before = log.streams.get(stream);
    if (before === undefined) return () => undefined;
    log.streams.set(stream, change(before));
    return () => log.streams.set(stream, before);
  };
  return {
    read: () =>
      database.read(process, "read log", () => {
        const { writer, streams, attention } = tables();
        return { writer, streams: [...streams.values()], attention: [...attention.values()] };
      }),
    entries: (stream, from, countMax) =>
      database.read(process, "read entries", () => entriesFrom(tables(), stream, { from, countMax })),
    append: (change) =>
      database.write(process, {
        label: "append",
        durability,
        apply: () => {
          const log = tables();
          if (!isExpected(log, change)) return { value: false, undo: () => undefined };
          const undo = applyAppend(log, change);
          onStored(change);
          return { value: true, undo };
        },
      }),
    saveReceipts: (receipts) =>
      write("save receipts", (log) => {
        const undos = receipts.map((receipt) =>
          changeStream(log, receipt.stream, (state) => withReceipt(state, receipt)),
        );
        return () => {
          for (const undo of undos) undo();
        };
      }),
    saveAttention: ({ add, remove }) =>
      write("save attention", ({ attention }) => {
        const before = new Map(attention);
        for (const each of add) attention.set(each.event, each);
        for (const event of remove) attention.delete(event);
        return () => {
          attention.clear();
          for (const [event, each] of before) attention.set(event, each);
        };
      }),
    condemn: (stream, from) =>
      write("condemn", (log) => changeStream(log, stream, (state) => ({ ...state, condemnedFrom: from }))),
    prune: (streams) =>
      write("prune", (log) => {
        const before = { entries: new Map(log.entries), streams: new Map(log.streams) };
        for (const stream of streams) {
          log.entries.delete(stream);
          log.streams.delete(stream);
        }
        return () => {
          for (const stream of streams) {
            putBack(log.entries, stream, before.entries.get(stream));
            putBack(log.streams, stream, before.streams.get(stream));
          }
        };
      }),
    drafts: () => database.read(process, "read drafts", () => [...tables().drafts.values()]),
    changeDrafts: (change, stream) =>
      database.write(process, {
        label: "drafts",
        durability,
        apply: () => {
          if (tables().writer?.stream !== stream) return { value: false, undo: () => undefined };
          return { value: true, undo: applyDrafts(tables(), change) };
        },
      }),
  };
}

function entriesFrom(
  { entries }: LogTables,
  stream: Uuid,
  { from, countMax }: { readonly from: number; readonly countMax: number },
): StoredEntry[] {
  const held = entries.get(stream) ?? [];
  return held.slice(Math.max(0, from), Math.max(0, from) + countMax);
}

function isExpected({ writer }: LogTables, { expected }: AppendChange): boolean {
  return (
    (writer?.stream ?? null) === (expected?.stream ?? null) && (writer?.tip.hash ?? null) === (expected?.hash ?? null)
  );
}

/** Also without the check of the writer, for those who leave it out. */
export function applyAppend(log: LogTables, { entries, writer, drafts }: AppendChange): () => void {
  const before = { writer: log.writer, stream: log.streams.get(writer.stream) };
  const heldBefore = new Map(entries.map(({ stream }) => [stream, log.entries.get(stream)]));
  const undoDrafts = applyDrafts(log, drafts ?? {});
  for (const entry of entries) log.entries.set(entry.stream, [...(log.entries.get(entry.stream) ?? []), entry]);
  const opened: StreamState = { stream: writer.stream, tip: writer.tip, receipt: null, condemnedFrom: null };
  log.streams.set(writer.stream, { ...(before.stream ?? opened), tip: writer.tip });
  log.writer = writer;
  return () => {
    log.writer = before.writer;
    putBack(log.streams, writer.stream, before.stream);
    for (const [stream, held] of heldBefore) putBack(log.entries, stream, held);
    undoDrafts();
  };
}

function applyDrafts({ drafts }: LogTables, { put = [], remove = [] }: DraftChange): () => void {
  const before = [...put.map(({ draft }) => draft), ...remove].map((draft) => [draft, drafts.get(draft)] as const);
  for (const draft of put) drafts.set(draft.draft, draft);
  for (const draft of remove) drafts.delete(draft);
  return () => {
    for (const [draft, held] of before) putBack(drafts, draft, held);
  };
}

function putBack<Key, Value>(map: Map<Key, Value>, key: Key, value: Value | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
