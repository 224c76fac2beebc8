import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Instant } from "@holdfast/domain/kernel/instant";
import type {
  AppendChange,
  Attention,
  Draft,
  DraftChange,
  LogState,
  LogStore,
  StoredEntry,
  StreamState,
  Writer,
} from "@holdfast/sync/ports";
import { withReceipt } from "@holdfast/sync/with-receipt";
import type { DBSchema, IDBPDatabase } from "idb";
import { type DatabaseDefinition, ReopeningDatabase } from "./reopening-database.ts";
import { type Sealed, seal, unseal } from "./seal.ts";

/** What tells nothing about people or money stays readable, so that an entry can be found and counted without its key. */
type EntryRow = {
  readonly stream: Uuid;
  readonly seq: number;
  readonly hash: string;
  readonly event: Uuid;
  readonly type: string;
  readonly at: Instant;
  /** `{raw, sig}` */
  readonly sealed: Sealed;
};

/** `place` counts streams in the order they were opened: their ids come from a clock that may jump. */
type StreamRow = StreamState & { readonly place: number };

type DraftRow = { readonly draft: Uuid; readonly sealed: Sealed };

interface LogSchema extends DBSchema {
  entry: { key: [string, number]; value: EntryRow };
  stream: { key: string; value: StreamRow };
  draft: { key: string; value: DraftRow };
  meta: { key: "writer"; value: Writer };
  attention: { key: string; value: Attention };
}

/** Frozen for ever: any build, older or newer, can open this database and bring its records to the server. */
const DEFINITION: DatabaseDefinition<LogSchema> = {
  name: "holdfast-log",
  version: 1,
  upgrade: (db) => {
    db.createObjectStore("entry", { keyPath: ["stream", "seq"] });
    db.createObjectStore("stream", { keyPath: "stream" });
    db.createObjectStore("draft", { keyPath: "draft" });
    db.createObjectStore("meta");
    db.createObjectStore("attention", { keyPath: "event" });
  },
};

/** Without it Chromium answers before the disk has it, and a power cut takes every sale since the last flush. */
const STRICT = { durability: "strict" } as const;

/** The terminal's log in IndexedDB. A promise from here resolves on the transaction's `complete` and on nothing earlier. */
export class IdbLogStore implements LogStore {
  readonly #db = new ReopeningDatabase(DEFINITION);
  readonly #key: CryptoKey;

  constructor(dataKey: CryptoKey) {
    this.#key = dataKey;
  }

  read = (): Promise<LogState> =>
    this.#db.use(async (db) => {
      const tx = db.transaction(["meta", "stream", "attention"]);
      const [writer, streams, attention] = await Promise.all([
        tx.objectStore("meta").get("writer"),
        tx.objectStore("stream").getAll(),
        tx.objectStore("attention").getAll(),
      ]);
      streams.sort((a, b) => a.place - b.place);
      return { writer: writer ?? null, streams: streams.map(({ place: _, ...state }) => state), attention };
    });

  append = async (change: AppendChange): Promise<boolean> => {
    // Sealing awaits WebCrypto, which would end a transaction: it comes first.
    const entries = await Promise.all(change.entries.map((entry) => this.#entryRow(entry)));
    const drafts = await Promise.all((change.drafts?.put ?? []).map((draft) => this.#draftRow(draft)));
    return await this.#db.use((db) => writeAppend(db, change, { entries, drafts }));
  };

  entries = async (stream: Uuid, from: number, countMax: number): Promise<StoredEntry[]> => {
    const range = IDBKeyRange.bound([stream, from], [stream, Number.MAX_SAFE_INTEGER]);
    const rows = await this.#db.use((db) => db.getAll("entry", range, Math.min(countMax, 0xffff_ffff)));
    const entries = await Promise.all(rows.map((row) => this.#storedEntry(row)));
    return entries.filter((entry) => entry !== null);
  };

  saveReceipts: LogStore["saveReceipts"] = (receipts) =>
    this.#changeStreams(
      receipts.map((receipt) => ({ stream: receipt.stream, change: (row) => withReceipt(row, receipt) })),
    );

  condemn: LogStore["condemn"] = (stream, from) =>
    this.#changeStreams([{ stream, change: (row) => ({ ...row, condemnedFrom: from }) }]);

  saveAttention: LogStore["saveAttention"] = ({ add, remove }) =>
    this.#db.use(async (db) => {
      const tx = db.transaction("attention", "readwrite", STRICT);
      await Promise.all([
        ...add.map((each) => tx.store.put({ ...each })),
        ...remove.map((event) => tx.store.delete(event)),
        tx.done,
      ]);
    });

  prune: LogStore["prune"] = (streams) =>
    this.#db.use(async (db) => {
      const tx = db.transaction(["entry", "stream"], "readwrite", STRICT);
      for (const stream of streams) {
        void tx.objectStore("entry").delete(IDBKeyRange.bound([stream], [stream, []]));
        void tx.objectStore("stream").delete(stream);
      }
      await tx.done;
    });

  /** Which entries of a stream are here, whether or not they can be read. */
  hashes = async (stream: Uuid): Promise<ReadonlySet<string>> => {
    const rows = await this.#db.use((db) => db.getAll("entry", IDBKeyRange.bound([stream], [stream, []])));
    return new Set(rows.map(({ hash }) => hash));
  };

  /** Open carts that were kept, whole. */
  drafts = async (): Promise<Draft[]> => {
    const rows = await this.#db.use((db) => db.getAll("draft"));
    const drafts = rows.map(async ({ draft, sealed }) => ({
      draft,
      body: await unseal(this.#key, sealed).catch(() => null),
    }));
    return await Promise.all(drafts);
  };

  /**
   * Keeps work in progress, for the window that writes: an older one that comes back to life must not put a cart there that
   * was paid in the meantime.
   * @returns false where another window writes by now
   */
  changeDrafts = async ({ put = [], remove = [] }: DraftChange, stream: Uuid): Promise<boolean> => {
    const rows = await Promise.all(put.map((draft) => this.#draftRow(draft)));
    return await this.#db.use(async (db) => {
      const tx = db.transaction(["meta", "draft"], "readwrite", STRICT);
      const drafts = tx.objectStore("draft");
      const isWriter = (await tx.objectStore("meta").get("writer"))?.stream === stream;
      const writes = isWriter ? [...rows.map((row) => drafts.put(row)), ...remove.map((id) => drafts.delete(id))] : [];
      await Promise.all([...writes, tx.done]);
      return isWriter;
    });
  };

  close = (): Promise<void> => this.#db.close();

  #changeStreams(changes: readonly { stream: Uuid; change: (row: StreamRow) => StreamRow }[]): Promise<void> {
    return this.#db.use(async (db) => {
      const tx = db.transaction("stream", "readwrite", STRICT);
      for (const { stream, change } of changes) {
        const row = await tx.store.get(stream);
        if (row !== undefined) await tx.store.put(change(row));
      }
      await tx.done;
    });
  }

  async #entryRow({ raw, sig, ...open }: StoredEntry): Promise<EntryRow> {
    return { ...open, sealed: await seal(this.#key, { raw, sig }) };
  }

  /** Null where this browser has lost the key it was sealed with: it stays, counts as unsent, and holds nothing else up. */
  async #storedEntry({ sealed, ...open }: EntryRow): Promise<StoredEntry | null> {
    const text = (await unseal(this.#key, sealed).catch(() => null)) as Pick<StoredEntry, "raw" | "sig"> | null;
    return text === null ? null : { ...open, ...text };
  }

  async #draftRow({ draft, body }: Draft): Promise<DraftRow> {
    return { draft, sealed: await seal(this.#key, body) };
  }
}

type SealedRows = { readonly entries: readonly EntryRow[]; readonly drafts: readonly DraftRow[] };

/** Re-checks who writes, then puts everything, in one transaction: all of it is there afterwards, or nothing. */
async function writeAppend(
  db: IDBPDatabase<LogSchema>,
  { expected, writer, drafts }: AppendChange,
  rows: SealedRows,
): Promise<boolean> {
  const tx = db.transaction(["meta", "entry", "stream", "draft"], "readwrite", STRICT);
  const held = await tx.objectStore("meta").get("writer");
  if (held?.stream !== expected?.stream || held?.tip.hash !== expected?.hash) {
    tx.abort();
    await tx.done.catch(() => undefined);
    return false;
  }
  const streams = tx.objectStore("stream");
  const [known, count] = await Promise.all([streams.get(writer.stream), streams.count()]);
  const opened: StreamRow = {
    stream: writer.stream,
    tip: writer.tip,
    receipt: null,
    condemnedFrom: null,
    place: count,
  };
  await Promise.all([
    tx.objectStore("meta").put(writer, "writer"),
    streams.put({ ...(known ?? opened), tip: writer.tip }),
    ...rows.entries.map((row) => tx.objectStore("entry").add(row)),
    ...rows.drafts.map((row) => tx.objectStore("draft").put(row)),
    ...(drafts?.remove ?? []).map((draft) => tx.objectStore("draft").delete(draft)),
  ]);
  await tx.done;
  return true;
}
