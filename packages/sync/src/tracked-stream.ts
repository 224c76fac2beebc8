import type { StreamState } from "./ports.ts";

/** A stream as the outbox sees it: what is stored of it, and how far its sending has come. */
export type TrackedStream = StreamState & {
  /** Up to where I believe to have sent; only a hint, the server's receipts decide. */
  readonly sentSeq: number;
  /** The server lacks what it once confirmed: until it confirms it anew, its old word counts no further than what was sent since. */
  readonly isDoubted: boolean;
};

/** A stream as it was stored: what no receipt covers is to be sent. */
export function unsent(state: StreamState): TrackedStream {
  return { ...state, sentSeq: state.receipt?.seq ?? -1, isDoubted: false };
}

/** What is known here and what is stored may each be ahead of the other. */
export function further(known: TrackedStream, stored: StreamState): TrackedStream {
  const isBehind = (known.receipt?.seq ?? -1) < (stored.receipt?.seq ?? -1);
  return {
    stream: known.stream,
    tip: stored.tip.seq > known.tip.seq ? stored.tip : known.tip,
    receipt: isBehind ? stored.receipt : known.receipt,
    condemnedFrom: known.condemnedFrom ?? stored.condemnedFrom,
    sentSeq: known.sentSeq,
    isDoubted: known.isDoubted,
  };
}

/** Up to where the server has it, as far as its own signed word still counts. */
export function confirmedTo({ receipt, isDoubted, sentSeq }: TrackedStream): number {
  const seq = receipt?.seq ?? -1;
  return isDoubted ? Math.min(seq, sentSeq) : seq;
}

/** The last entry that is to be sent as it stands. */
export function endOf({ tip, condemnedFrom }: StreamState): number {
  return condemnedFrom === null ? tip.seq : Math.min(tip.seq, condemnedFrom - 1);
}
