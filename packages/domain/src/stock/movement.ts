import type { VariantId } from "../catalog/variant.ts";
import type { Uuid } from "../kernel/id.ts";
import type { BranchId } from "../party/merchant.ts";

/** Why stock moved. */
export type MovementCause =
  | "sale"
  | "return"
  | "delivery"
  | "count"
  | "write-off"
  | "transfer-out"
  | "transfer-in"
  | "absorbed-by-count";

/**
 * A signed quantity of a variant at a branch, with its cause and the document it comes from. `onHand = Σ movements`, and
 * nothing else ever changes it.
 */
export type StockMovement = {
  readonly branch: BranchId;
  readonly variant: VariantId;
  /** `units ÷ 10^scale` of the variant's unit; negative when goods leave. */
  readonly units: number;
  readonly scale: number;
  readonly cause: MovementCause;
  readonly document: Uuid;
  readonly line: number;
};
