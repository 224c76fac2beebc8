import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import type { PublicKey } from "@holdfast/protocol/primitives";
import type { CaseDraft } from "../inbox/case.ts";
import type { AccountRow, CustomerRow, StoredValueRow } from "../sync/day-store.ts";
import type { FactRow } from "../sync/event-effects.ts";
import type {
  CostedMovement,
  CostedSale,
  EventRow,
  PoolRow,
  PostedEntry,
  SoldLine,
  StreamRow,
} from "../sync/ingest-store.ts";
import { MemoryTable } from "./memory-table.ts";

export type StoredEntryRow = {
  readonly hash: string;
  readonly stream: Uuid;
  readonly seq: number;
  readonly prev: string;
  readonly event: Uuid;
  readonly raw: string;
  readonly sig: string;
  readonly courier: TerminalId | null;
  readonly recordedAt: string;
};

export type StoredEventRow = Omit<EventRow, "line"> & {
  readonly event: Uuid;
  readonly hash: string;
  readonly bodyHash: string;
  readonly type: string;
};

export type BalanceRow = {
  readonly branch: BranchId;
  readonly account: string;
  readonly postingDay: string;
  readonly debit: number;
  readonly credit: number;
};

export type TerminalRow = {
  readonly terminal: TerminalId;
  readonly branch: BranchId;
  readonly series: string;
  readonly keys: readonly { readonly kid: string; readonly key: PublicKey }[];
  readonly revoked: boolean;
};

export type FeedRow = {
  readonly channel: string;
  readonly kind: string;
  readonly id: string;
  readonly rev: number;
  /** Null where the document is gone. */
  readonly body: unknown;
};

/** One merchant's database in memory: the tables that ingest writes and those it reads. */
export class MemoryDatabase {
  origin: string;
  readonly branches = new MemoryTable<BranchId>();
  readonly terminals = new MemoryTable<TerminalRow>();
  /** Digits after the point of each variant's unit. */
  readonly variants = new MemoryTable<{ readonly variant: VariantId; readonly scale: number }>();
  readonly streams = new MemoryTable<StreamRow>();
  readonly entries = new MemoryTable<StoredEntryRow>();
  readonly events = new MemoryTable<StoredEventRow>();
  readonly sales = new MemoryTable<CostedSale>();
  readonly journal = new MemoryTable<PostedEntry>();
  readonly balances = new MemoryTable<BalanceRow>();
  readonly pools = new MemoryTable<PoolRow & { readonly rev: number }>();
  readonly movements = new MemoryTable<CostedMovement & { readonly rev: number }>();
  readonly soldLines = new MemoryTable<readonly SoldLine[]>();
  /** Open cases by kind and subject. */
  readonly cases = new MemoryTable<CaseDraft>();
  readonly accounts = new MemoryTable<AccountRow>();
  readonly cards = new MemoryTable<StoredValueRow>();
  readonly customers = new MemoryTable<CustomerRow>();
  /** Rows of every table that is only added to, by table and key. */
  readonly facts = new MemoryTable<FactRow>();
  readonly heads = new MemoryTable<number>();
  readonly feed = new MemoryTable<FeedRow>();

  constructor(origin: string) {
    this.origin = origin;
  }

  /** @returns how to restore this state; the origin stays, for whoever restores has to change it */
  backup(): () => void {
    const tables: readonly MemoryTable<never>[] = [
      ...[this.branches, this.terminals, this.variants, this.streams, this.entries, this.events, this.sales],
      ...[this.journal, this.balances, this.pools, this.movements, this.soldLines, this.cases, this.heads, this.feed],
      ...[this.accounts, this.cards, this.customers, this.facts],
    ] as MemoryTable<never>[];
    const restores = tables.map((table) => table.backup());
    return () => {
      for (const restore of restores) restore();
    };
  }
}
