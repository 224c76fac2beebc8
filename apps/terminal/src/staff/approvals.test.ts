import { amount } from "@holdfast/domain/money/amount";
import { DEFAULT_RIGHTS } from "@holdfast/domain/staff/rights";
import type { Role, StaffId } from "@holdfast/domain/staff/staff";
import { testId } from "@holdfast/domain/testing/build";
import type { StaffDocument } from "@holdfast/protocol/documents";
import { beforeEach, describe, expect, test } from "vitest";
import type { Shop } from "../shell/shop.ts";
import { testClock } from "../testing/test-log.ts";
import { Approvals, type WantedAct } from "./approvals.ts";

const PIN = { salt: "", memoryKib: 8, passes: 1, hash: "" };

function person(number: number, role: Role, other: Partial<StaffDocument> = {}): StaffDocument {
  return { staff: testId<StaffId>(number), name: `Person ${number}`, role, pin: PIN, ...other };
}

const cashier = person(1, "cashier");
const manager = person(2, "manager");
const people = [cashier, manager, person(3, "supervisor"), person(4, "manager", { pin: null })];
const refusals: string[] = [];
let secondPerson = true;
let here: StaffId | null = cashier.staff;
let approvals: Approvals;

beforeEach(() => {
  refusals.length = 0;
  secondPerson = true;
  here = cashier.staff;
  const shop = {
    staff: new Map(people.map((each) => [each.staff, each])),
    branch: {
      rights: DEFAULT_RIGHTS,
      get secondPerson() {
        return secondPerson;
      },
    },
  };
  approvals = new Approvals({
    shop: () => shop as unknown as Shop,
    person: () => here,
    checkPin: async (_, pin) => (pin === "1234" ? { kind: "open" } : { kind: "wrong" }),
    clock: testClock(),
    onRefused: (_, approver, why) => refusals.push(`${approver === manager.staff ? "manager" : "-"} ${why}`),
  });
});

const refund: WantedAct = { action: "return", sale: testId(9), amount: amount(-20_000) };

describe("an act at the till", () => {
  test("goes through where the person may, and up to their cap", async () => {
    expect(await approvals.permit({ ...refund, amount: amount(-10_000) })).toEqual({ ok: true });
    expect(approvals.question.get()).toBeNull();
  });

  test("beyond the cap waits for a manager's PIN, and the approval is for it alone", async () => {
    const permit = approvals.permit(refund);
    expect(approvals.question.get()).toMatchObject({ cap: 10_000 });
    const names = approvals.question.get()?.approvers.map(({ name }) => name);
    expect(names).toEqual(["Person 2", "Person 3"]);
    expect(await approvals.answer(manager.staff, "0000")).toEqual({ kind: "wrong" });
    expect(await approvals.answer(manager.staff, "1234")).toEqual({ kind: "open" });
    expect(await permit).toMatchObject({
      ok: true,
      approval: { approver: manager.staff, action: "return", amount: -20_000, sale: testId(9) },
    });
    expect(refusals).toEqual(["manager wrong-pin"]);
  });

  test("is not approved by somebody who may not either, nor by oneself where two people are asked for", async () => {
    const permit = approvals.permit({ ...refund, amount: amount(-90_000) });
    expect(await approvals.answer(testId(3), "1234")).toEqual({ kind: "approver-may-not" });
    expect(await approvals.answer(cashier.staff, "1234")).toEqual({ kind: "own-act" });
    approvals.withdraw();
    expect(await permit).toEqual({ ok: false, why: "withdrawn" });
  });

  test("that another one replaces is given up, not forgotten", async () => {
    const first = approvals.permit(refund);
    const second = approvals.permit({ action: "no-sale", sale: null, amount: null });
    expect(await first).toEqual({ ok: false, why: "withdrawn" });
    approvals.withdraw();
    expect(await second).toEqual({ ok: false, why: "withdrawn" });
  });

  test("is nobody's where the till is locked", async () => {
    here = null;
    expect(await approvals.permit(refund)).toEqual({ ok: false, why: "nobody-here" });
  });
});
