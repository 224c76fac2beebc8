import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Day } from "@holdfast/domain/kernel/instant";
import type { Amount } from "@holdfast/domain/money/amount";
import type { BranchId, CustomerId, TerminalId } from "@holdfast/domain/party/merchant";
import type { ListedPrices } from "@holdfast/domain/sale/price-drift";
import type { Rights, StaffRights } from "@holdfast/domain/staff/rights";
import type { Role, StaffId } from "@holdfast/domain/staff/staff";
import type { StockMark } from "@holdfast/domain/stock/count-cut";
import type { StoredValue } from "@holdfast/domain/tender/stored-value";
import type { GrandTotals } from "@holdfast/domain/till/shift-events";
import type { CustomerDetails } from "@holdfast/protocol/events/customer-saved";
import type { DocumentKey } from "../feed/project.ts";
import type { CaseDraft } from "../inbox/case.ts";
import type { FactRow, StoredValueKind } from "./event-effects.ts";
import type { LinePlace, PoolKey } from "./ingest-store.ts";

/** What a batch has to know of the merchant before anything is written. */
export type DayCircumstances = {
  /** Last day whose books are closed. */
  readonly closedThrough: Day | null;
  /** When the latest stock count happened; null where nothing was ever counted. */
  readonly lastCountMs: number | null;
};

/** Numbers of the receipts that the Z report of a closed shift was made of. */
export type ReportedReceipts = { readonly first: number | null; readonly last: number | null };

export type HeldReport = { readonly terminal: TerminalId; readonly number: number; readonly grand: GrandTotals };

export type AccountRow = {
  readonly customer: CustomerId;
  readonly owed: Amount;
  /** Null where nothing may be owed, or nobody is known by that id. */
  readonly creditLimit: Amount | null;
};

export type StoredValueKey = { readonly kind: StoredValueKind; readonly code: string };
export type StoredValueRow = StoredValueKey & { readonly value: StoredValue };

export type CustomerRow = CustomerDetails & { readonly customer: CustomerId; readonly edition: number };

export type ListedKey = { readonly priceList: Uuid; readonly variant: VariantId };
export type ListedRow = ListedKey & ListedPrices;

/** A person with the rights of now, and since when they are not staff any more. */
export type StaffRow = StaffRights & { readonly deactivatedAt: string | null };

export type People = {
  readonly staff: ReadonlyMap<StaffId, StaffRow>;
  readonly rights: ReadonlyMap<BranchId, Readonly<Record<Role, Rights>>>;
};

export type PlacedMark = StockMark & PoolKey;
export type MovementMark = PlacedMark & { readonly units: number };
export type CountMark = PlacedMark & { readonly count: Uuid };

/** What a batch wrote that has to be held against what was there: who returned more than was bought, who used a code too often. */
export type ReviewQuestion = {
  readonly originals: readonly LinePlace[];
  readonly coupons: readonly string[];
  readonly serials: readonly { readonly variant: VariantId; readonly serial: string }[];
};

/** What a cashier's day beyond plain sales needs of a database; part of `IngestStore`, and inside the same transaction. */
export type DayStore = {
  circumstances(): Promise<DayCircumstances>;
  people(staff: readonly StaffId[], branches: readonly BranchId[]): Promise<People>;
  /** What price lists say of these variants; those that a list does not have are not in the answer. */
  listedPrices(keys: readonly ListedKey[]): Promise<readonly ListedRow[]>;
  closedShifts(shifts: readonly Uuid[]): Promise<ReadonlyMap<Uuid, ReportedReceipts>>;
  /** Which of these shifts were opened as far as is known here. */
  openedShifts(shifts: readonly Uuid[]): Promise<ReadonlySet<Uuid>>;
  reports(keys: readonly { readonly terminal: TerminalId; readonly number: number }[]): Promise<readonly HeldReport[]>;

  /** Locks in key order, making the missing ones. */
  lockAccounts(customers: readonly CustomerId[]): Promise<readonly AccountRow[]>;
  updateAccounts(rows: readonly AccountRow[]): Promise<void>;
  /** Locks in key order, making the missing ones. */
  lockStoredValue(keys: readonly StoredValueKey[]): Promise<readonly StoredValueRow[]>;
  updateStoredValue(rows: readonly StoredValueRow[]): Promise<void>;
  lockCustomers(customers: readonly CustomerId[]): Promise<ReadonlyMap<CustomerId, number>>;
  saveCustomers(rows: readonly CustomerRow[]): Promise<void>;

  /** Movements of one branch published after a revision. */
  movementMarks(branch: BranchId, variants: readonly VariantId[], afterRev: number): Promise<readonly MovementMark[]>;
  /** The latest count of each pool that has one. */
  countMarks(keys: readonly PoolKey[]): Promise<readonly CountMark[]>;
  /** Milliseconds that terminals' clocks are ahead, where that is known. */
  clockSkews(terminals: readonly TerminalId[]): Promise<ReadonlyMap<TerminalId, number>>;

  /** Adds rows; where one of the same key is held already, the first stands. */
  insertFacts(rows: readonly FactRow[]): Promise<void>;
  review(question: ReviewQuestion): Promise<readonly CaseDraft[]>;
  /** Publishes documents whose rows were changed, after all other locks. */
  publish(keys: readonly DocumentKey[]): Promise<void>;
};
