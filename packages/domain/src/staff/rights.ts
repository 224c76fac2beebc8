import type { Instant } from "../kernel/instant.ts";
import { accept, type Result, refuse } from "../kernel/result.ts";
import type { Act, Approval } from "./approval.ts";
import type { Role, StaffId } from "./staff.ts";

/** What not everybody at a till may do. Each use of it is recorded, approved or not. */
export type Action =
  | "discount"
  | "price-override"
  | "open-item"
  | "line-void"
  | "cancel"
  | "return"
  | "blind-return"
  | "post-void"
  | "tax-exemption"
  | "sale-on-account"
  | "oversell"
  | "no-sale"
  | "paid-in"
  | "paid-out"
  | "pickup"
  | "loan"
  | "close-shift"
  | "reprint"
  | "training"
  | "clock-change";

/**
 * Up to where an action is allowed: for `discount` and `price-override` parts per million of the listed price, for anything
 * else minor units of the merchant's currency.
 */
export type Cap = number | "unlimited";

export type Rights = Readonly<Partial<Record<Action, Cap>>>;

/** A person at the till: what the role allows, and what was granted to or withheld from this person alone. */
export type StaffRights = {
  readonly staff: StaffId;
  readonly name: string;
  readonly role: Role;
  readonly grants?: Rights;
  readonly withheld?: readonly Action[];
};

export type Permission =
  | { readonly kind: "allowed" }
  /** Somebody with the right may approve it in place. */
  | { readonly kind: "needs-approval"; readonly cap: number }
  /** Withheld from this person: no approval helps. */
  | { readonly kind: "forbidden" };

const CASHIER: Rights = {
  discount: 100_000,
  "line-void": "unlimited",
  cancel: "unlimited",
  return: 10_000,
  pickup: "unlimited",
  loan: "unlimited",
  "paid-in": "unlimited",
  "close-shift": "unlimited",
  reprint: "unlimited",
  oversell: "unlimited",
};

const SUPERVISOR: Rights = {
  ...CASHIER,
  discount: 300_000,
  "price-override": 300_000,
  "open-item": "unlimited",
  return: 50_000,
  "blind-return": 10_000,
  "post-void": 50_000,
  "no-sale": "unlimited",
  "paid-out": 10_000,
  "sale-on-account": "unlimited",
};

const MANAGER: Rights = {
  ...SUPERVISOR,
  discount: "unlimited",
  "price-override": "unlimited",
  return: "unlimited",
  "blind-return": "unlimited",
  "post-void": "unlimited",
  "tax-exemption": "unlimited",
  "paid-out": "unlimited",
  training: "unlimited",
  "clock-change": "unlimited",
};

/** What a new merchant starts with; amounts fit a currency of two digits and are the merchant's to change. */
export const DEFAULT_RIGHTS: Readonly<Record<Role, Rights>> = {
  cashier: CASHIER,
  supervisor: SUPERVISOR,
  manager: MANAGER,
  owner: MANAGER,
};

/**
 * Whether a person may do something of a size by themselves.
 * @param size in the unit of the action's cap; 0 where the action has none
 */
export function mayDo(
  person: StaffRights,
  { action, size }: { readonly action: Action; readonly size: number },
  rights: Readonly<Record<Role, Rights>> = DEFAULT_RIGHTS,
): Permission {
  if (person.withheld?.includes(action)) return { kind: "forbidden" };
  const cap = person.grants?.[action] ?? rights[person.role][action];
  if (cap === "unlimited" || (cap !== undefined && Math.abs(size) <= cap)) return { kind: "allowed" };
  return { kind: "needs-approval", cap: cap ?? 0 };
}

export type ApprovalRefusal =
  /** The approver may not do it either. */
  | "approver-may-not"
  /** Where two people are asked for, nobody approves their own act. */
  | "own-act";

/** Somebody allows one act of another: bound to the sale, the action and the amount, and good for nothing else. */
export function approve(
  act: Act & { readonly action: Action; readonly size: number; readonly by: StaffId },
  approver: StaffRights,
  policy: { readonly at: Instant; readonly secondPerson: boolean; readonly rights?: Readonly<Record<Role, Rights>> },
): Result<Approval, ApprovalRefusal> {
  if (policy.secondPerson && approver.staff === act.by) return refuse("own-act");
  if (mayDo(approver, act, policy.rights).kind !== "allowed") return refuse("approver-may-not");
  const { action, amount, sale, line } = act;
  return accept({
    approver: approver.staff,
    approverName: approver.name,
    action,
    amount,
    at: policy.at,
    ...(sale === null ? {} : { sale }),
    ...(line === undefined ? {} : { line }),
  });
}
