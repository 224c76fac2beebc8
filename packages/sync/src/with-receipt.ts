import type { ServerReceipt } from "@holdfast/protocol/log";
import type { StreamState } from "./ports.ts";

/**
 * A stream once a receipt was saved. What covers more stays: a window that was frozen may come late with what the one that took
 * over knew long ago.
 */
export function withReceipt<State extends Pick<StreamState, "receipt">>(state: State, receipt: ServerReceipt): State {
  return receipt.seq < (state.receipt?.seq ?? -1) ? state : { ...state, receipt };
}
