import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { Uuid } from "@holdfast/domain/kernel/id";
import type { JournalEntry } from "@holdfast/domain/ledger/journal-entry";
import type { Amount } from "@holdfast/domain/money/amount";
import type { BranchId, CustomerId, TerminalId } from "@holdfast/domain/party/merchant";
import type { Happening } from "@holdfast/domain/posting/entry";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { StockMovement } from "@holdfast/domain/stock/movement";
import type { CustomerSaved } from "@holdfast/protocol/events/customer-saved";
import type { ShiftClosing } from "@holdfast/protocol/events/shift";
import type { CaseDraft } from "../inbox/case.ts";

/** Tables that events add rows to and that nothing ever changes. */
export type FactTable =
  | "shift"
  | "cash_movement"
  | "account_payment"
  | "cash_count"
  | "z_report"
  | "card_answer"
  | "customer_movement"
  | "stored_value_movement"
  | "stock_count"
  | "stock_count_line"
  | "delivery"
  | "serial_movement"
  | "coupon_use"
  | "trace";

/** A row by the names of its columns, without the merchant and the time of recording, which are the batch's. */
export type FactRow = { readonly table: FactTable; readonly row: Readonly<Record<string, unknown>> };

/** A customer owes more, or less where it is negative. */
export type OwedChange = {
  readonly customer: CustomerId;
  readonly amount: Amount;
  readonly cause: "sale" | "payment";
};

export type StoredValueKind = "gift-card" | "store-credit";

/** Value was put on a card, taken from it, or given back by a terminal that may spend it. */
export type StoredValueDeed = {
  readonly deed: "load" | "spend" | "give-back";
  readonly kind: StoredValueKind;
  readonly code: string;
  readonly amount: Amount;
  /** Place within its event. */
  readonly line: number;
};

/** What was found of each variant; what that does to the stock depends on what else happened. */
export type CountedGoods = {
  readonly count: Uuid;
  readonly branch: BranchId;
  readonly lines: readonly { readonly variant: VariantId; readonly units: number; readonly scale: number }[];
};

/** What one event does to the shop's records; stock is costed afterwards, in the order of acceptance. */
export type EventEffects = {
  readonly branch: BranchId | null;
  readonly occurredAt: string;
  /** Where and when the books show it; null for what never posts. */
  readonly happening: Happening | null;
  readonly sale: Sale | null;
  /** `value` is what incoming goods cost, where their document says so. */
  readonly movements: readonly (StockMovement & { readonly value?: Amount })[];
  /** Entries of the event once its costs by line are known. */
  readonly post: (costs: ReadonlyMap<number, Amount>) => readonly JournalEntry[];
  readonly cases: readonly CaseDraft[];
  readonly rows: readonly FactRow[];
  readonly owed: readonly OwedChange[];
  readonly storedValue: readonly StoredValueDeed[];
  readonly counted: CountedGoods | null;
  /** Of this shift; not for its opening. */
  readonly ofShift: Uuid | null;
  readonly closing: ShiftClosing | null;
  readonly customer: CustomerSaved | null;
};

/** An event does a few of these things, and nothing of the others. */
export const NO_EFFECTS: Omit<EventEffects, "branch" | "occurredAt"> = {
  happening: null,
  sale: null,
  movements: [],
  post: () => [],
  cases: [],
  rows: [],
  owed: [],
  storedValue: [],
  counted: null,
  ofShift: null,
  closing: null,
  customer: null,
};

export type Quarantine = { readonly code: string; readonly message: string };

/** What an applier may know beyond the event's body. */
export type EventContext = {
  readonly event: Uuid;
  /** The terminal's clock when the entry was made. */
  readonly at: string;
  readonly stream: Uuid;
  readonly seq: number;
  readonly terminal: TerminalId;
  readonly branches: ReadonlySet<BranchId>;
  /** Cursor of each channel when the event was made. */
  readonly seen: Readonly<Record<string, string>>;
};

/** Of what no terminal did: a place in no stream, seen by nobody. */
export function officeContext(event: Uuid, at: string): EventContext {
  const nobody = NOBODY as Uuid;
  return { event, at, stream: nobody, seq: 0, terminal: nobody as TerminalId, branches: new Set(), seen: {} };
}

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** A fact about another terminal, or another merchant's branch, is nobody's: it is set aside whole. */
export function placeFault(
  place: { readonly branch: BranchId; readonly terminal?: TerminalId },
  { terminal, branches }: EventContext,
): Quarantine | null {
  if (place.terminal !== undefined && place.terminal !== terminal)
    return { code: "wrong_terminal", message: "the record names another terminal than its stream" };
  if (!branches.has(place.branch))
    return { code: "unknown_branch", message: `the record names branch ${place.branch}, which is not this merchant's` };
  return null;
}
