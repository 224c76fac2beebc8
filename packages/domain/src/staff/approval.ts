import type { Uuid } from "../kernel/id.ts";
import type { Instant } from "../kernel/instant.ts";
import type { Amount } from "../money/amount.ts";
import type { StaffId } from "./staff.ts";

/** One approval is one act: who allowed what, how much of it, when. */
export type Approval = {
  readonly approver: StaffId;
  readonly approverName: string;
  readonly action: string;
  /** Minor units at most; null where the act has no amount. */
  readonly amount: Amount | null;
  readonly at: Instant;
  /** The sale it was given for; an approval that names none counts for none. */
  readonly sale?: Uuid;
  /** The line it was given for, where the act is about one. */
  readonly line?: number;
};

/** What somebody wants to do that not everybody may. */
export type Act = {
  readonly action: string;
  readonly sale: Uuid | null;
  readonly line?: number;
  readonly amount: Amount | null;
};

/** Whether an approval was given for this act and no other: same sale, same action, same line, not a cent more. */
export function coversAct(approval: Approval, act: Act): boolean {
  if (approval.action !== act.action || (approval.sale ?? null) !== act.sale) return false;
  if (approval.line !== act.line) return false;
  return act.amount === null || (approval.amount !== null && Math.abs(act.amount) <= Math.abs(approval.amount));
}
