import type { BranchId } from "@holdfast/domain/party/merchant";

/** What a person has to look at; there is one open case for each kind and subject. */
export type CaseKind =
  | "oversold"
  | "unidentified-item"
  | "calc-difference"
  | "quarantined"
  | "terminal-fork"
  | "event-conflict";

export type CaseDraft = {
  readonly kind: CaseKind;
  readonly subject: string;
  readonly branch: BranchId | null;
  readonly details: Readonly<Record<string, unknown>>;
};
