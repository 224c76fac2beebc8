import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import { branchChannel, MERCHANT_CHANNEL, priceChannel, staffChannel } from "@holdfast/protocol/channel";
import type { EnrolReply } from "@holdfast/protocol/enrol";
import type { PublicKey } from "@holdfast/protocol/primitives";
import type { Cancel } from "@holdfast/sync/ports";
import { bookNow } from "../../../apps/server/src/sync/book-now.ts";
import type { IngestStore } from "../../../apps/server/src/sync/ingest-store.ts";
import { thumbprint } from "../../../apps/server/src/sync/signing.ts";
import { type FeedRow, MemoryDatabase, type TerminalRow } from "../../../apps/server/src/testing/memory-database.ts";
import type { MemoryTransaction } from "../../../apps/server/src/testing/memory-table.ts";
import type { Signer, SimCrypto } from "../crypto.ts";
import type { Seams } from "../seams.ts";
import type { Dice } from "../world/dice.ts";
import type { World } from "../world/world.ts";
import { goodServer, type ServerConditions } from "./conditions.ts";
import type { Commit } from "./memory-transact.ts";
import { ServerProcess } from "./server-process.ts";
import { type HttpAnswer, type HttpRequest, type LiveLine, NoAnswer, type ServerSide } from "./server-side.ts";

export type MemoryServerOptions = {
  readonly world: World;
  readonly crypto: SimCrypto;
  readonly seams: Seams;
  readonly merchant: MerchantId;
  readonly priceList: string;
  /** Virtual epoch, so that zero of the world is a moment of the calendar. */
  readonly epochMs: number;
  /** Documents in one page of the feed, and in a channel before it is worth a snapshot. */
  readonly pageMax: number;
  readonly snapshotMin: number;
};

type Booking = { readonly store: IngestStore; readonly tx: MemoryTransaction };

/** False where somebody else did it meanwhile. */
async function bookHeldEvent(db: MemoryDatabase, { store, tx }: Booking, event: string): Promise<boolean> {
  const row = tx.lock(db.events, event);
  const entry = row === undefined ? undefined : tx.get(db.entries, row.hash);
  if (row?.code !== "revoked" || entry === undefined) return false;
  const outcome = await bookNow({ ...entry, terminal: row.terminal }, store);
  if (outcome.kind !== "booked") return false;
  tx.put(db.events, event, { ...row, status: "applied", code: null, message: null });
  return true;
}

const TOLD_ELSEWHERE_MS = 400;
const RECENT_MS = 600_000;

/** The authority on a database in memory: one or two processes running the product's own ingest, and what can befall them. */
export class MemoryServer implements ServerSide {
  readonly options: MemoryServerOptions;
  readonly dice: Dice;
  readonly conditions: ServerConditions = goodServer();
  readonly db: MemoryDatabase;
  readonly signer: Signer;
  readonly poison = new Set<string>();
  readonly tokens = new Map<string, TerminalId>();
  readonly #processes: ServerProcess[] = [];
  readonly #watchers: ((commit: Commit) => void)[] = [];
  readonly #movedMs = new Map<string, number>();
  #started = 0;

  constructor(options: MemoryServerOptions) {
    this.options = options;
    this.dice = options.world.dice.fork("server");
    this.db = new MemoryDatabase(this.#newOrigin());
    this.signer = options.crypto.newSigner(this.dice.fork("key"));
    this.start();
  }

  nowMs(): number {
    return this.options.epochMs + this.options.world.nowMs + this.conditions.skewMs;
  }

  get living(): readonly ServerProcess[] {
    return this.#processes.filter(({ process }) => process.isAlive);
  }

  /** Brings the number of living processes to what it should be. */
  start(): void {
    while (this.living.length < this.conditions.processes)
      this.#processes.push(new ServerProcess(this, `server ${++this.#started}`));
  }

  stop(): void {
    for (const { process } of this.living) process.kill();
    this.#processes.length = 0;
  }

  isUp(): boolean {
    return this.living.length > 0 && !this.conditions.databaseDown && !this.conditions.readOnly;
  }

  onCommit(watch: (commit: Commit) => void): void {
    this.#watchers.push(watch);
  }

  committed(commit: Commit): void {
    const { world } = this.options;
    for (const { stream } of commit.entries) this.#movedMs.set(stream, world.nowMs);
    for (const watch of this.#watchers) watch(commit);
    for (const [index, process] of this.living.entries())
      process.lookSoon(index === 0 ? 2 : this.dice.below(TOLD_ELSEWHERE_MS));
  }

  isRecent(stream: string): boolean {
    return this.options.world.nowMs - (this.#movedMs.get(stream) ?? Number.NEGATIVE_INFINITY) < RECENT_MS;
  }

  /**
   * Goes back to a backup. Whoever does that changes the origin, so that every copy of what came later is known to be void; a
   * silent one does not. Who may speak is typed in again, with the keys that the terminals have.
   */
  restore(backup: () => void, isSilent: boolean): void {
    this.stop();
    const terminals = [...this.db.terminals.values()];
    backup();
    for (const row of terminals) this.db.terminals.set(row.terminal, row);
    if (!isSilent && this.options.seams.restoreKeepsOrigin !== true) this.db.origin = this.#newOrigin();
  }

  /** Changes documents, each under a revision of its own; without a living process nobody can. */
  publish(documents: readonly Omit<FeedRow, "rev">[]): void {
    const [process] = this.living;
    if (process === undefined) return;
    const { world } = this.options;
    process
      .transact(async (_, tx) => {
        for (const document of [...documents].sort((a, b) => (a.channel < b.channel ? -1 : 1))) {
          const { channel, kind, id } = document;
          const rev = (tx.lock(this.db.heads, channel) ?? 0) + 1;
          tx.put(this.db.heads, channel, rev);
          tx.put(this.db.feed, `${channel} ${kind} ${id}`, { ...document, rev });
        }
      })
      .catch((error: unknown) => world.note(`not published: ${String(error)}`));
  }

  /** From now on the terminal may bring its records, which wait for a person, and read nothing. */
  revoke(terminal: TerminalId): void {
    const row = this.db.terminals.get(terminal);
    if (row !== undefined) this.db.terminals.set(terminal, { ...row, revoked: true });
  }

  letIn(): void {
    for (const row of [...this.db.terminals.values()])
      if (row.revoked) this.db.terminals.set(row.terminal, { ...row, revoked: false });
  }

  /** A person answers for what revoked terminals brought: record after record is booked as if it came in now. */
  bookHeld(): void {
    const { world } = this.options;
    const [process] = this.living;
    if (process === undefined) return;
    const held = [...this.db.events.values()].filter(({ code }) => code === "revoked");
    const bookAll = async (): Promise<void> => {
      for (const { event } of held) {
        try {
          const isBooked = await process.transact((store, tx) => bookHeldEvent(this.db, { store, tx }, event));
          if (isBooked) world.sometimes("a record of a revoked terminal was booked");
        } catch (error) {
          world.note(`not booked: ${String(error)}`);
        }
      }
    };
    void bookAll();
  }

  async request(request: HttpRequest): Promise<HttpAnswer> {
    const { living } = this;
    if (living.length === 0) throw new NoAnswer("connection refused");
    const chosen = this.dice.pick(living);
    return await new Promise((resolve, reject) => {
      const forget = chosen.process.onDeath(() => reject(new NoAnswer("connection reset")));
      chosen.answer(request).then(resolve, reject).finally(forget);
    });
  }

  openLive(token: string, channels: readonly string[], line: LiveLine): Cancel {
    const terminal = this.tokens.get(token);
    const row = terminal === undefined ? undefined : this.db.terminals.get(terminal);
    const { living } = this;
    if (row === undefined || row.revoked || living.length === 0) {
      line.onEnd();
      return () => undefined;
    }
    const allowed = new Set(this.channelsOf(row.branch));
    return this.dice.pick(living).openLive(
      channels.filter((channel) => allowed.has(channel)),
      line,
    );
  }

  async enrol(terminal: TerminalId, key: PublicKey): Promise<EnrolReply> {
    const before = this.db.terminals.get(terminal);
    if (before === undefined) throw new Error(`there is no terminal ${terminal}`);
    const series = before.keys.length === 0 ? before.series : this.nextSeries();
    const row: TerminalRow = {
      ...before,
      series,
      revoked: false,
      keys: [...before.keys, { kid: thumbprint(key), key }],
    };
    this.db.terminals.set(terminal, row);
    const token = Buffer.from(this.dice.bytes(16)).toString("hex");
    this.tokens.set(token, terminal);
    return {
      terminal,
      token,
      merchant: this.options.merchant,
      branch: row.branch,
      name: `Till ${series}`,
      series,
      origin: this.db.origin,
      channels: this.channelsOf(row.branch),
      serverKeys: [{ kid: this.signer.kid, use: "sig", key: this.signer.key }],
      end: true,
    };
  }

  channelsOf(branch: BranchId): string[] {
    return [
      MERCHANT_CHANNEL,
      staffChannel(branch),
      branchChannel(branch),
      priceChannel(this.options.priceList as Parameters<typeof priceChannel>[0]),
    ];
  }

  /** A series is never given twice, not even after a restore: paper with it is out there. */
  nextSeries(): string {
    this.#series += 1;
    return `N${this.#series}`;
  }

  #series = 0;

  #newOrigin(): string {
    return Buffer.from(this.dice.bytes(5)).toString("hex");
  }
}
