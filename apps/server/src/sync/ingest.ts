import { Bug } from "@holdfast/domain/kernel/assert";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { SignedEntry } from "@holdfast/protocol/entry";
import { batchBytesMax, batchEntriesMax } from "@holdfast/protocol/limits";
import type { LogReply, ServerReceipt } from "@holdfast/protocol/log";
import type { PublicKey } from "@holdfast/protocol/primitives";
import { type Accepted, accept } from "./accept.ts";
import { type BatchLine, type ReadLine, readLine } from "./batch-line.ts";
import { GroupCommit } from "./group-commit.ts";
import type { IngestStore } from "./ingest-store.ts";
import { proveLines } from "./prove.ts";
import type { JudgedLine } from "./walk-chains.ts";

/** What taking uploads in needs of the world: PostgreSQL and real keys, or the simulator's. */
export type IngestPorts = {
  /** Runs the work in one transaction, and once more when it lost a race. */
  readonly transact: <T>(merchant: MerchantId, work: (store: IngestStore) => Promise<T>) => Promise<T>;
  readonly keys: {
    readonly keysFor: (
      merchant: MerchantId,
      lines: readonly ReadLine[],
    ) => Promise<(line: ReadLine) => PublicKey | null>;
  };
  readonly receipts: {
    readonly sign: (merchant: MerchantId, held: Omit<ServerReceipt, "kid" | "sig">) => Promise<ServerReceipt>;
  };
  readonly verify: (text: string, sig: string, key: PublicKey) => boolean;
  readonly now: () => number;
  /** Lets everything else have its turn; where there is nothing else, none is needed. */
  readonly pause?: () => Promise<void>;
  readonly originOf: (merchant: MerchantId) => Promise<string>;
  /** Told after the commit which branches' stock changed. */
  readonly onStockChanged: (merchant: MerchantId, branches: ReadonlySet<BranchId>) => void;
  readonly onPoison: (event: Uuid, error: unknown) => void;
};

export type Upload = {
  readonly merchant: MerchantId;
  readonly courier: TerminalId | null;
  readonly entries: readonly SignedEntry[];
};

/** What one upload of a group is answered. */
type Outcome = Pick<LogReply, "accepted" | "streams" | "quarantined" | "stopped"> & {
  readonly chainEnds: readonly ReadLine[];
  readonly branches: ReadonlySet<BranchId>;
};

/** Takes uploads in: reads and proves them, commits several at once, and answers what is now held. */
export class Ingest {
  readonly #ports: IngestPorts;
  readonly #groups: GroupCommit<MerchantId, readonly JudgedLine[], Outcome>;

  constructor(ports: IngestPorts) {
    this.#ports = ports;
    this.#groups = new GroupCommit({
      sizeOf: (lines) => lines.length,
      sizeMax: GROUP_ENTRIES_MAX,
      commit: (merchant, uploads) => this.#commit(merchant, uploads),
    });
  }

  async take({ merchant, courier, entries }: Upload): Promise<LogReply> {
    const lines = await this.#read(entries);
    const judged = await this.#judge(merchant, lines, courier);
    const outcome = await this.#groups.submit(merchant, judged);
    return await this.#reply(merchant, outcome);
  }

  /** A few entries at a stretch, so that what the database answers meanwhile is not left waiting. */
  async #read(entries: readonly SignedEntry[]): Promise<BatchLine[]> {
    const lines: BatchLine[] = [];
    for (const [index, { raw, sig }] of entries.entries()) {
      if (index > 0 && index % ENTRIES_AT_A_STRETCH === 0) await this.#ports.pause?.();
      lines.push(readLine(raw, sig));
    }
    return lines;
  }

  async #judge(merchant: MerchantId, lines: readonly BatchLine[], courier: TerminalId | null): Promise<JudgedLine[]> {
    const entries = lines.filter((line): line is ReadLine => line.kind === "entry");
    const { keys, verify } = this.#ports;
    const keyOf = await keys.keysFor(merchant, entries);
    const verdicts = proveLines(entries, { keyOf, verify });
    return lines.map((line) => {
      const verdict = line.kind === "entry" ? (verdicts.get(line) ?? "forged") : "forged";
      return { line, verdict, courier };
    });
  }

  async #commit(merchant: MerchantId, uploads: readonly (readonly JudgedLine[])[]): Promise<Outcome[]> {
    try {
      const accepted = await this.#ports.transact(merchant, (store) => accept(uploads.flat(), store));
      let start = 0;
      return uploads.map((lines) => {
        const outcome = outcomeOf(lines, start, accepted);
        start += lines.length;
        return outcome;
      });
    } catch (error) {
      if (uploads.length === 1) return [await this.#isolate(merchant, uploads[0] as readonly JudgedLine[], error)];
      const outcomes: Outcome[] = [];
      for (const upload of uploads) outcomes.push(...(await this.#commit(merchant, [upload])));
      return outcomes;
    }
  }

  /**
   * The database could not take this batch although the rules could: its events are tried one by one, and the one that
   * fails alone is stored and set aside. A failure of the system, not of an event, is passed on: the terminal asks again.
   */
  async #isolate(merchant: MerchantId, lines: readonly JudgedLine[], cause: unknown): Promise<Outcome> {
    if (!isFaultOfData(cause)) throw cause;
    for (const judged of lines) {
      try {
        await this.#ports.transact(merchant, (store) => accept([judged], store));
      } catch (error) {
        if (!isFaultOfData(error) || judged.line.kind !== "entry") throw error;
        const { event } = judged.line.entry;
        this.#ports.onPoison(event, error);
        const poison = { event, message: error instanceof Error ? error.message : String(error) };
        await this.#ports.transact(merchant, (store) => accept([judged], store, { poison }));
      }
    }
    return outcomeOf(lines, 0, await this.#ports.transact(merchant, (store) => accept(lines, store)));
  }

  async #reply(merchant: MerchantId, { chainEnds, branches, ...outcome }: Outcome): Promise<LogReply> {
    const now = this.#ports.now();
    const origin = await this.#ports.originOf(merchant);
    const at = new Date(now).toISOString();
    const receipts: ServerReceipt[] = [];
    for (const { hash, entry } of chainEnds) {
      receipts.push(
        await this.#ports.receipts.sign(merchant, { stream: entry.stream, seq: entry.seq, hash, origin, at }),
      );
    }
    if (branches.size > 0) this.#ports.onStockChanged(merchant, branches);
    const next = { maxEntries: batchEntriesMax, maxBytes: batchBytesMax, delayMs: 0 };
    return { origin, now, ...outcome, receipts, next, end: true };
  }
}

/** The part of a group's result that concerns the upload whose lines begin at `start`. */
function outcomeOf(
  lines: readonly JudgedLine[],
  start: number,
  { walk, tips, quarantined, branches }: Accepted,
): Outcome {
  const end = start + lines.length;
  const entries = lines.flatMap(({ line }) => (line.kind === "entry" ? [line] : []));
  const streams = new Set(entries.map(({ entry }) => entry.stream));
  const events = new Set(entries.map(({ entry }) => entry.event));
  const held = lines.flatMap(({ line }, index) =>
    line.kind === "entry" && walk.accepted.has(start + index) ? [line] : [],
  );
  const parents = new Set(held.map(({ entry }) => entry.prev));
  return {
    accepted: held.length,
    streams: Object.fromEntries([...tips].filter(([stream]) => streams.has(stream))),
    quarantined: quarantined.filter(({ event }) => events.has(event)),
    stopped: walk.stops
      .filter(({ line }) => line >= start && line < end)
      .map((stop) => ({ ...stop, line: stop.line - start })),
    // The ends of the chains that the sender has now proved to share with the server.
    chainEnds: held.filter(({ hash }) => !parents.has(hash)),
    branches,
  };
}

/** About a millisecond's work. */
const ENTRIES_AT_A_STRETCH = 16;

/** Entries of several uploads that are committed together. */
const GROUP_ENTRIES_MAX = 2 * batchEntriesMax;

/**
 * What speaks of the data sent, not of the server's state: SQLSTATE classes of data exceptions and broken constraints, and an
 * assertion of ours that an event broke. Either way it is that event which is set aside, and no terminal is kept waiting.
 */
function isFaultOfData(error: unknown): boolean {
  if (error instanceof Bug) return true;
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && (code.startsWith("22") || code.startsWith("23"));
}
