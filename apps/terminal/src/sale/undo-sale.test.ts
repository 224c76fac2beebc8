import type { Uuid } from "@holdfast/domain/kernel/id";
import { amount } from "@holdfast/domain/money/amount";
import { checkRights } from "@holdfast/domain/sale/check-rights";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { Approval } from "@holdfast/domain/staff/approval";
import type { Tender } from "@holdfast/domain/tender/tender";
import {
  accepted,
  cash,
  quantity,
  refused,
  TEST_BRANCH,
  TEST_CASHIER,
  TEST_NOW,
  TEST_TERMINAL,
  testCart,
  testId,
  testLine,
} from "@holdfast/domain/testing/build";
import { beforeEach, describe, expect, test } from "vitest";
import { completedCart } from "../cart/complete-cart.ts";
import { type SimulatedReader, simulatedReader } from "../devices/reader/simulated.ts";
import { ReturnedGoods } from "../return/returned-goods.ts";
import type { Permit, WantedAct } from "../staff/approvals.ts";
import { OwnTenders } from "../tender/own-tenders.ts";
import { newTestId, testClock, testLog, testShop } from "../testing/test-log.ts";
import { OwnTill } from "../till/own-till.ts";
import { newTillRecord } from "../till/till-record.ts";
import { OwnSales } from "./own-sales.ts";
import { type SaleMaking, storeSale } from "./store-sale.ts";
import { type UndoSalePorts, undoFault, undoSale } from "./undo-sale.ts";

const clock = testClock();
const identity = { series: "A", branch: TEST_BRANCH, terminal: TEST_TERMINAL };
let store: (making: SaleMaking) => Promise<Sale>;
let till: OwnTill;
let returned: ReturnedGoods;
let tenders: OwnTenders;
let reader: SimulatedReader;
let asked: WantedAct[];
let isAllowed: boolean;
let ports: UndoSalePorts;

beforeEach(async () => {
  const { log, store: disk } = await testLog(clock);
  const shop = () => ({ ...testShop(), list: { priceList: testId(30) } as never });
  const facts = { streams: () => [], entries: disk.entries, unsentCount: () => 0 };
  till = new OwnTill(
    { log, clock, shop, newId: newTestId, person: () => TEST_CASHIER, ...facts },
    newTillRecord(identity),
  );
  returned = new ReturnedGoods();
  tenders = new OwnTenders({ settledSeq: () => 0 });
  const memory = new Map<string, string>();
  reader = simulatedReader({
    getItem: (key) => memory.get(key) ?? null,
    setItem: (key, text) => memory.set(key, text),
  });
  const sales = new OwnSales({
    streams: () => [],
    entries: disk.entries,
    onSale: (placed) => {
      returned.note(placed.sale);
      tenders.note(placed);
    },
  });
  log.onAppended((entries) => sales.note(entries));
  store = (making) => storeSale({ log, identity, shop, cashier: () => TEST_CASHIER, clock, till }, making);
  [asked, isAllowed] = [[], true];
  ports = {
    ...{ returned, till, reader, store, newId: newTestId, now: () => clock.instant() },
    openCards: () => tenders.openCards(),
    permit: async (act) => {
      asked.push(act);
      return isAllowed ? permitFor(act) : { ok: false, why: "withdrawn" };
    },
  };
  accepted(await till.open(amount(10_000)));
});

function permitFor({ action, amount: money, sale }: WantedAct): Permit {
  const approval: Approval = { approver: testId(950), approverName: "Ines", action, amount: money, at: TEST_NOW };
  return { ok: true, approval: sale === null ? approval : { ...approval, sale } };
}

async function sell(given: readonly Tender[] = [cash(1_200)]): Promise<Sale> {
  return await store(completedCart(testCart({ sale: newTestId(), tenders: given })));
}

async function cardOnReader(): Promise<Tender> {
  const attempt = newTestId();
  const value = amount(1_200);
  const answer = await reader.charge({ attempt, amount: value, currency: "EUR" as never, mayStore: true });
  const state = answer.kind === "stored-offline" ? answer.kind : "approved";
  return { kind: "card", reader: "integrated", amount: value, reference: "SIM-1", state, attempt };
}

describe("a sale of this shift", () => {
  test("is undone by a sale that takes every figure back, approved by a manager for it alone", async () => {
    const sale = await sell([cash(2_000)]);
    const undone = accepted(await undoSale(ports, sale, " Rung up twice "));
    expect(undone).toMatchObject({
      postVoidOf: sale.sale,
      note: "Rung up twice",
      number: { series: "A", number: sale.number.number + 1 },
      totals: { total: -1_200 },
      tenders: [cash(-1_200)],
    });
    expect(asked).toEqual([{ action: "post-void", sale: undone.sale, amount: -1_200 }]);
    expect(checkRights(undone, { ...TEST_CASHIER, role: "cashier" })).toEqual([]);
    const report = await till.xReport();
    expect(report).toMatchObject({ cash: { expected: 10_000 } });
  });

  test("is undone once, and not where something of it came back", async () => {
    const sale = await sell();
    const undone = accepted(await undoSale(ports, sale, "x"));
    expect(refused(await undoSale(ports, sale, "x"))).toEqual({ kind: "already-reversed" });
    expect(undoFault(undone, ports)).toEqual({ kind: "is-a-post-void" });
    const other = await sell();
    const back = await store(completedCart(goodsBackOf(other)));
    expect(undoFault(other, ports)).toEqual({ kind: "already-reversed" });
    // The return itself may be undone, and then the sale as well.
    accepted(await undoSale(ports, back, "x"));
    expect(undoFault(other, ports)).toBeNull();
  });

  test("stays where nobody says why, nobody allows it, or the shift is another one", async () => {
    const sale = await sell();
    expect(refused(await undoSale(ports, sale, "  "))).toEqual({ kind: "reason-missing" });
    isAllowed = false;
    expect(refused(await undoSale(ports, sale, "x"))).toEqual({ kind: "not-allowed" });
    expect(undoFault({ ...sale, shift: testId(1) }, ports)).toEqual({ kind: "other-shift" });
    accepted(await till.count([]));
    accepted(await till.close(amount(0)));
    expect(undoFault(sale, ports)).toEqual({ kind: "other-shift" });
  });
});

describe("a card payment of a sale that is undone", () => {
  test("goes back on the reader that took it, before the sale is undone", async () => {
    const sale = await sell([await cardOnReader()]);
    expect(reader.charged()).toBe(1_200);
    accepted(await undoSale(ports, sale, "x"));
    expect(reader.charged()).toBe(0);
  });

  test("stored without a line is never forwarded", async () => {
    reader.behaviour.set("no-line");
    const sale = await sell([await cardOnReader()]);
    expect(tenders.openCards()).toHaveLength(1);
    accepted(await undoSale(ports, sale, "x"));
    expect(tenders.openCards()).toEqual([]);
    reader.behaviour.set("approve");
    expect(await reader.forward()).toEqual([]);
  });

  test("that has gone on to the bank, or that the reader keeps, leaves the sale as it is", async () => {
    reader.behaviour.set("no-line");
    const forwarded = await sell([await cardOnReader()]);
    const [payment] = tenders.openCards();
    tenders.noteDecided({ attempt: payment?.attempt as Uuid });
    expect(refused(await undoSale(ports, forwarded, "x"))).toEqual({ kind: "card-forwarded" });
    const unknown = { ...(await cardOnReader()), attempt: newTestId() } as Tender;
    const kept = await sell([{ ...unknown, state: "approved" } as Tender]);
    expect(refused(await undoSale(ports, kept, "x"))).toEqual({ kind: "card-kept" });
    expect(returned.isUndone(kept.sale)).toBe(false);
  });
});

/** All goods of a sale, as its return makes them, paid out in cash. */
function goodsBackOf(sale: Sale) {
  const line = testLine({
    quantity: quantity("-1"),
    original: { sale: sale.sale, line: 1, known: "own" },
    returnReason: "x",
  });
  return testCart({ sale: newTestId(), lines: [line], tenders: [cash(-1_200)] });
}
