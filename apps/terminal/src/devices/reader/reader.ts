import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Amount } from "@holdfast/domain/money/amount";
import type { CurrencyCode } from "@holdfast/domain/money/currency";

/** What the reader is asked to do. The attempt is on the disk before it is asked, so that an answer belongs to one attempt. */
export type ReaderRequest = {
  readonly attempt: Uuid;
  /** Negative gives money back. */
  readonly amount: Amount;
  readonly currency: CurrencyCode;
  /** Whether it may take the payment on trust where it cannot ask the acquirer. */
  readonly mayStore: boolean;
};

export type DeclineReason = "declined" | "cancelled" | "no-line";

export type ReaderAnswer =
  /** @property reference the acquirer's own; never anything of the card */
  | { readonly kind: "approved"; readonly reference: string }
  | { readonly kind: "stored-offline"; readonly reference: string }
  | { readonly kind: "declined"; readonly reason: DeclineReason }
  /** Nothing came back in time: money may have moved. It is asked for the attempt before anything is charged again. */
  | { readonly kind: "unknown" };

/** What became of a payment that was stored, once it could be forwarded. */
export type Forwarded = { readonly attempt: Uuid; readonly outcome: "approved" | "declined" };

/** An integrated card acceptor. No method throws: what the world does to a reader is in its answers. */
export type Reader = {
  readonly charge: (request: ReaderRequest) => Promise<ReaderAnswer>;
  /** What the reader knows of an attempt. `none`: it never saw it, nothing was charged. */
  readonly ask: (attempt: Uuid) => Promise<ReaderAnswer | { readonly kind: "none" }>;
  /** Takes back what was approved or stored for a sale that did not come to be. */
  readonly reverse: (attempt: Uuid) => Promise<ReaderAnswer>;
  /** Brings what it stored to the acquirer, where there is a line, and says what became of each. */
  readonly forward: () => Promise<readonly Forwarded[]>;
};
