import type { BranchId } from "@holdfast/domain/party/merchant";

/** What a person has to look at; there is one open case for each kind and subject. */
export type CaseKind =
  | "oversold"
  | "unidentified-item"
  | "calc-difference"
  | "quarantined"
  | "terminal-fork"
  | "event-conflict"
  /** Records that exist only on a terminal. */
  | "missing-tail"
  | "clock-skew"
  /** Posted on the first open day, since the books of its own are closed. */
  | "late-posting"
  /** A sale of a shift whose Z report was printed without it. */
  | "late-sale"
  /** A Z report that does not follow the one before it, or a shift closed twice. */
  | "z-gap"
  | "price-drift"
  | "rights-breach"
  | "double-return"
  | "declined-card"
  /** More was spent of a card than it held. */
  | "overspent"
  | "credit-limit"
  | "coupon-overused"
  | "serial-twice"
  | "customer-conflict"
  /** A movement so close to a stock count that clocks cannot tell which came first. */
  | "count-ambiguous";

export type CaseDraft = {
  readonly kind: CaseKind;
  readonly subject: string;
  readonly branch: BranchId | null;
  readonly details: Readonly<Record<string, unknown>>;
};
