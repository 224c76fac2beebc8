import type { Act, Approval } from "@holdfast/domain/staff/approval";
import { type Action, type ApprovalRefusal, approve, mayDo, type StaffRights } from "@holdfast/domain/staff/rights";
import type { StaffId } from "@holdfast/domain/staff/staff";
import type { StaffDocument } from "@holdfast/protocol/documents";
import type { Clock } from "@holdfast/sync/ports";
import type { Unlocked } from "../shell/session.ts";
import type { Shop } from "../shell/shop.ts";
import { createValue, type Value } from "../shell/value.ts";

/** What somebody wants to do. `size` is in the unit of the action's cap; it is the amount if not said. */
export type WantedAct = Act & { readonly action: Action; readonly size?: number };

export type Permit =
  /** By themselves, or by an approval that is recorded with the act. */
  | { readonly ok: true; readonly approval?: Approval }
  | { readonly ok: false; readonly why: "forbidden" | "nobody-here" | "withdrawn" };

/** An act that waits for somebody with the right to it. */
export type ApprovalQuestion = {
  readonly act: WantedAct;
  /** Up to where the cashier may go alone. */
  readonly cap: number;
  /** Who may allow it, and has a PIN here. */
  readonly approvers: readonly StaffDocument[];
};

export type ApprovalAnswer = Unlocked | { readonly kind: ApprovalRefusal };

export type ApprovalsPorts = {
  readonly shop: () => Shop;
  readonly person: () => StaffId | null;
  readonly checkPin: (staff: StaffId, pin: string) => Promise<Unlocked>;
  readonly clock: Clock;
  /** Told what was asked for and not given. */
  readonly onRefused: (
    act: WantedAct,
    approver: StaffId | null,
    why: "wrong-pin" | ApprovalRefusal | "withdrawn",
  ) => void;
};

/** Rights at the till: who may, and whose PIN makes up for it. One approval is one act. */
export class Approvals {
  readonly #ports: ApprovalsPorts;
  /** Shown over whatever is on the screen until it is answered. */
  readonly question: Value<ApprovalQuestion | null> = createValue<ApprovalQuestion | null>(null);
  #settle: ((permit: Permit) => void) | null = null;

  constructor(ports: ApprovalsPorts) {
    this.#ports = ports;
  }

  /** Resolves at once where the person may; else when a manager typed a PIN, or it was given up. */
  async permit(act: WantedAct): Promise<Permit> {
    const { shop, person } = this.#ports;
    const { staff, branch } = shop();
    const document = staff.get(person() ?? ("" as StaffId));
    if (document === undefined) return { ok: false, why: "nobody-here" };
    const permission = mayDo(rightsOf(document), { action: act.action, size: sizeOf(act) }, branch.rights);
    if (permission.kind === "allowed") return { ok: true };
    if (permission.kind === "forbidden") return { ok: false, why: "forbidden" };
    this.withdraw();
    const approvers = [...staff.values()].filter((each) => this.#mayApprove(each, act, document.staff));
    return await new Promise((resolve) => {
      this.#settle = resolve;
      this.question.set({ act, cap: permission.cap, approvers });
    });
  }

  async answer(approver: StaffId, pin: string): Promise<ApprovalAnswer> {
    const question = this.question.get();
    const by = this.#ports.person();
    const { staff, branch } = this.#ports.shop();
    const document = staff.get(approver);
    if (question === null || by === null || document === undefined) return { kind: "no-pin" };
    const { act } = question;
    const checked = await this.#ports.checkPin(approver, pin);
    if (checked.kind !== "open") {
      if (checked.kind !== "no-pin") this.#ports.onRefused(act, approver, "wrong-pin");
      return checked;
    }
    const policy = { at: this.#ports.clock.instant(), secondPerson: branch.secondPerson, rights: branch.rights };
    const decided = approve({ ...act, size: sizeOf(act), by }, rightsOf(document), policy);
    if (!decided.ok) {
      this.#ports.onRefused(act, approver, decided.refusal);
      return { kind: decided.refusal };
    }
    this.#end({ ok: true, approval: decided.value });
    return checked;
  }

  /** Gives the act up. */
  withdraw(): void {
    const question = this.question.get();
    if (question === null) return;
    this.#ports.onRefused(question.act, null, "withdrawn");
    this.#end({ ok: false, why: "withdrawn" });
  }

  #end(permit: Permit): void {
    const settle = this.#settle;
    this.#settle = null;
    this.question.set(null);
    settle?.(permit);
  }

  #mayApprove(document: StaffDocument, act: WantedAct, by: StaffId): boolean {
    const { rights, secondPerson } = this.#ports.shop().branch;
    if (document.pin === null || (secondPerson && document.staff === by)) return false;
    return mayDo(rightsOf(document), { action: act.action, size: sizeOf(act) }, rights).kind === "allowed";
  }
}

function sizeOf({ size, amount }: WantedAct): number {
  return size ?? Math.abs(amount ?? 0);
}

function rightsOf({ staff, name, role, grants, withheld }: StaffDocument): StaffRights {
  return {
    ...{ staff, name, role },
    ...(grants === undefined ? {} : { grants }),
    ...(withheld === undefined ? {} : { withheld }),
  };
}
