import type { JournalEntry } from "@holdfast/domain/ledger/journal-entry";
import type { Amount } from "@holdfast/domain/money/amount";
import type { BranchId, TerminalId } from "@holdfast/domain/party/merchant";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { StockMovement } from "@holdfast/domain/stock/movement";
import type { CaseDraft } from "../inbox/case.ts";

/** What one event does to the shop's records; stock is costed afterwards, in the order of acceptance. */
export type EventEffects = {
  readonly branch: BranchId | null;
  readonly occurredAt: string;
  readonly sale: Sale | null;
  /** `value` is what incoming goods cost, where their document says so. */
  readonly movements: readonly (StockMovement & { readonly value?: Amount })[];
  /** Entries of the event once its costs by line are known. */
  readonly post: (costs: ReadonlyMap<number, Amount>) => readonly JournalEntry[];
  readonly cases: readonly CaseDraft[];
};

export type Quarantine = { readonly code: string; readonly message: string };

/** What an applier may know beyond the event. */
export type EventContext = {
  readonly terminal: TerminalId;
  readonly branches: ReadonlySet<BranchId>;
};
