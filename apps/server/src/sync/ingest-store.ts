import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { JournalEntry } from "@holdfast/domain/ledger/journal-entry";
import type { Amount } from "@holdfast/domain/money/amount";
import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { Correction } from "@holdfast/domain/stock/cost-method";
import type { StockMovement } from "@holdfast/domain/stock/movement";
import type { Pool } from "@holdfast/domain/stock/valuation";
import type { Tip } from "@holdfast/protocol/entry";
import type { CaseDraft } from "../inbox/case.ts";
import type { ReadLine } from "./batch-line.ts";
import type { DayStore } from "./day-store.ts";
import type { FreshLine } from "./walk-chains.ts";

/** A stream as the server holds it. */
export type StreamRow = {
  readonly stream: Uuid;
  readonly terminal: TerminalId;
  readonly kid: string;
  readonly tip: Tip;
  readonly after: { readonly stream: Uuid; readonly seq: number; readonly hash: string } | null;
  readonly forked: boolean;
};

export type EntryPlace = { readonly stream: Uuid; readonly seq: number };

export type EventRow = {
  readonly line: ReadLine;
  readonly terminal: TerminalId;
  readonly status: "applied" | "quarantined";
  readonly code: string | null;
  readonly message: string | null;
};

export type PoolKey = { readonly branch: BranchId; readonly variant: VariantId };
export type PoolRow = PoolKey & { readonly pool: Pool; readonly scale: number };

export type CostedMovement = StockMovement & {
  readonly cost: Amount;
  readonly occurredAt: string;
  /** What a delivery showed that goods sold before it really cost. */
  readonly corrections?: readonly Correction[];
};
export type CostedSale = { readonly sale: Sale; readonly event: Uuid; readonly costs: ReadonlyMap<number, Amount> };
export type PostedEntry = JournalEntry & {
  readonly branch: BranchId;
  /** On the first open day, since the books of its own are closed. */
  readonly late: boolean;
};

/** What left the stock on a line that was sold before, and its cost: goods that come back had it. */
export type SoldLine = LinePlace & { readonly variant: VariantId; readonly cost: Amount; readonly units: number };
export type LinePlace = { readonly sale: Uuid; readonly line: number };

/**
 * What taking in a batch needs of a database, one method a statement, all inside one transaction of one merchant. There is a
 * real one and one in memory for the simulator; both pass the same conformance suite.
 */
export type IngestStore = {
  readonly day: DayStore;
  entryPlaces(hashes: readonly string[]): Promise<Map<string, EntryPlace>>;
  streams(streams: readonly Uuid[]): Promise<Map<Uuid, StreamRow>>;
  /** Streams, other than these, that claim to follow the same entry: sign of a cloned or restored terminal. */
  streamsAfter(hashes: readonly string[]): Promise<Map<string, Uuid[]>>;
  eventBodies(events: readonly Uuid[]): Promise<Map<Uuid, string>>;
  branches(): Promise<ReadonlySet<BranchId>>;
  revokedTerminals(terminals: readonly TerminalId[]): Promise<ReadonlySet<TerminalId>>;
  soldLines(lines: readonly LinePlace[]): Promise<SoldLine[]>;
  /** Locks the pools in key order, making the missing ones of known variants; unknown variants are not in the answer. */
  lockPools(keys: readonly PoolKey[]): Promise<PoolRow[]>;

  insertStreams(rows: readonly StreamRow[]): Promise<void>;
  updateStreams(rows: readonly StreamRow[]): Promise<void>;
  insertEntries(lines: readonly FreshLine[]): Promise<void>;
  insertEvents(rows: readonly EventRow[]): Promise<void>;
  insertSales(sales: readonly CostedSale[]): Promise<void>;
  insertJournal(entries: readonly PostedEntry[]): Promise<void>;
  openCases(cases: readonly CaseDraft[]): Promise<void>;
  /** Takes the head of each branch's channel, last of all locks, and gives the first of its new revisions. */
  takeRevisions(counts: ReadonlyMap<BranchId, number>): Promise<Map<BranchId, number>>;
  updatePools(rows: readonly (PoolRow & { readonly rev: number })[]): Promise<void>;
  insertMovements(movements: readonly (CostedMovement & { readonly rev: number })[]): Promise<void>;
};
