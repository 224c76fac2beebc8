import { describe, expect, test } from "vitest";
import { amount } from "../money/amount.ts";
import { accepted, refused, TEST_NOW, testId } from "../testing/build.ts";
import { type Approval, coversAct } from "./approval.ts";
import { type Action, approve, DEFAULT_RIGHTS, mayDo, type StaffRights } from "./rights.ts";
import type { Role, StaffId } from "./staff.ts";

const person = (role: Role, other: Partial<StaffRights> = {}): StaffRights => ({
  staff: testId<StaffId>(10),
  name: "Ada",
  role,
  ...other,
});

describe("what a person may do", () => {
  test.each<[Role, Action, number, string]>([
    ["cashier", "discount", 100_000, "allowed"],
    ["cashier", "discount", 100_001, "needs-approval"],
    ["cashier", "price-override", 0, "needs-approval"],
    ["cashier", "return", -10_000, "allowed"],
    ["cashier", "return", -10_001, "needs-approval"],
    ["cashier", "blind-return", 1, "needs-approval"],
    ["cashier", "line-void", 1e12, "allowed"],
    ["cashier", "no-sale", 0, "needs-approval"],
    ["supervisor", "no-sale", 0, "allowed"],
    ["supervisor", "discount", 300_001, "needs-approval"],
    ["manager", "discount", 1_000_000, "allowed"],
    ["manager", "training", 0, "allowed"],
    ["owner", "tax-exemption", 0, "allowed"],
  ])("a %s: %s of %d is %s", (role, action, size, kind) => {
    expect(mayDo(person(role), { action, size }).kind).toBe(kind);
  });

  test("what is granted to one person counts before the role, what is withheld before all", () => {
    const trusted = person("cashier", { grants: { discount: 500_000, "no-sale": "unlimited" } });
    expect(mayDo(trusted, { action: "discount", size: 400_000 })).toEqual({ kind: "allowed" });
    expect(mayDo(trusted, { action: "no-sale", size: 0 })).toEqual({ kind: "allowed" });
    expect(mayDo(trusted, { action: "discount", size: 600_000 })).toEqual({ kind: "needs-approval", cap: 500_000 });
    const watched = person("manager", { withheld: ["no-sale"], grants: { "no-sale": "unlimited" } });
    expect(mayDo(watched, { action: "no-sale", size: 0 })).toEqual({ kind: "forbidden" });
  });

  test("a merchant may have other roles", () => {
    const strict = { ...DEFAULT_RIGHTS, owner: {} };
    expect(mayDo(person("owner"), { action: "cancel", size: 0 }, strict)).toEqual({ kind: "needs-approval", cap: 0 });
  });

  test("whoever is above may do all that those below may", () => {
    const [cashier, supervisor, manager] = (["cashier", "supervisor", "manager"] as const).map(
      (role) => DEFAULT_RIGHTS[role],
    );
    const weight = (cap: number | "unlimited" | undefined): number =>
      cap === "unlimited" ? Number.POSITIVE_INFINITY : (cap ?? -1);
    for (const action of Object.keys(manager ?? {}) as Action[]) {
      expect(weight(supervisor?.[action])).toBeGreaterThanOrEqual(weight(cashier?.[action]));
      expect(weight(manager?.[action])).toBeGreaterThanOrEqual(weight(supervisor?.[action]));
    }
  });
});

describe("an approval", () => {
  const sale = testId(1);
  const by = testId<StaffId>(11);
  const act = { action: "discount" as const, size: 200_000, sale, line: 2, amount: amount(240), by };
  const policy = { at: TEST_NOW, secondPerson: true };

  test("is given by somebody with the right, for one act", () => {
    expect(accepted(approve(act, person("manager"), policy))).toEqual({
      approver: testId(10),
      approverName: "Ada",
      action: "discount",
      amount: 240,
      at: TEST_NOW,
      sale,
      line: 2,
    });
  });

  test("is not given by somebody without it, nor to oneself where two people are asked for", () => {
    expect(refused(approve(act, person("cashier"), policy))).toBe("approver-may-not");
    expect(refused(approve(act, person("manager", { staff: by }), policy))).toBe("own-act");
    expect(approve(act, person("manager", { staff: by }), { ...policy, secondPerson: false }).ok).toBe(true);
    expect(refused(approve(act, person("manager"), { ...policy, rights: { ...DEFAULT_RIGHTS, manager: {} } }))).toBe(
      "approver-may-not",
    );
  });

  test("of an act without a sale or a line names none", () => {
    const { line: _none, ...noSale } = { ...act, action: "no-sale" as const, sale: null, amount: null };
    const given = accepted(approve(noSale, person("manager"), policy));
    expect([given.sale, given.line, given.amount]).toEqual([undefined, undefined, null]);
    expect(coversAct(given, noSale)).toBe(true);
  });

  const given: Approval = accepted(approve(act, person("manager"), policy));

  test.each<[string, Parameters<typeof coversAct>[1], boolean]>([
    ["the act it was given for", act, true],
    ["less of it", { ...act, amount: amount(100) }, true],
    ["a cent more", { ...act, amount: amount(241) }, false],
    ["another sale", { ...act, sale: testId(2) }, false],
    ["another line", { ...act, line: 3 }, false],
    ["another action", { ...act, action: "price-override" }, false],
    ["the same without an amount", { ...act, amount: null }, true],
  ])("is good for %s: %s", (_what, other, expected) => {
    expect(coversAct(given, other)).toBe(expected);
  });

  test("without a sale or an amount covers no sale and no money", () => {
    const { sale: _sale, ...loose } = given;
    expect(coversAct(loose, act)).toBe(false);
    expect(coversAct({ ...given, amount: null }, act)).toBe(false);
  });

  test("of money that goes out is held to its size", () => {
    const refund = { ...act, amount: amount(-240) };
    expect(coversAct({ ...given, amount: amount(-240) }, refund)).toBe(true);
    expect(coversAct({ ...given, amount: amount(-240) }, { ...refund, amount: amount(-241) })).toBe(false);
  });
});
