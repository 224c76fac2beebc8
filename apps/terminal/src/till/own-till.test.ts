import type { Instant } from "@holdfast/domain/kernel/instant";
import { amount } from "@holdfast/domain/money/amount";
import { receiptNumber } from "@holdfast/domain/sale/receipt-number";
import type { Sale } from "@holdfast/domain/sale/sale";
import {
  accepted,
  refused,
  TEST_BRANCH,
  TEST_CASHIER,
  TEST_TERMINAL,
  testCart,
  testSale,
} from "@holdfast/domain/testing/build";
import type { EventLog } from "@holdfast/sync/event-log";
import { readEntry } from "@holdfast/sync/read-entry";
import type { MemoryLogStore } from "@holdfast/sync/testing/memory-stores";
import { beforeEach, describe, expect, test } from "vitest";
import { newTestId, testClock, testLog, testShop } from "../testing/test-log.ts";
import { OwnTill } from "./own-till.ts";
import { keptTill, newTillRecord } from "./till-record.ts";

const clock = testClock();
let store: MemoryLogStore;
let log: EventLog;
let till: OwnTill;

beforeEach(async () => {
  clock.set("2026-11-23T09:00:00.000+02:00" as Instant);
  ({ log, store } = await testLog(clock));
  till = openTill();
});

function openTill(): OwnTill {
  const record =
    keptTill([...store.drafts.values()], TEST_TERMINAL) ??
    newTillRecord({ terminal: TEST_TERMINAL, branch: TEST_BRANCH });
  const { entries } = store;
  const ports = {
    ...{ log, clock, newId: newTestId, shop: testShop, person: () => TEST_CASHIER, entries, unsentCount: () => 7 },
    streams: () => streams,
  };
  return new OwnTill(ports, record);
}

const streams: { stream: EventLog["stream"]; tip: EventLog["tip"] }[] = [];

async function restart(): Promise<void> {
  ({ log } = await testLog(clock, store));
  till = openTill();
  await noteStreams();
}

async function noteStreams(): Promise<void> {
  streams.splice(0, streams.length, ...(await store.read()).streams);
}

async function sell(minorUnits = 1_200): Promise<Sale> {
  const shift = till.openShift?.opened.shift ?? null;
  return await log.append({
    build: (numbers) => {
      const number = receiptNumber("A", numbers.next("A"), numbers.stream);
      const sale = testSale(testCart({ sale: newTestId(), tenders: [{ kind: "cash", amount: amount(minorUnits) }] }), {
        shift,
        number,
      });
      return {
        events: [{ event: sale.sale, type: "sale-completed", body: sale }],
        value: sale,
        drafts: { put: [till.draftAfter(sale)] },
      };
    },
  });
}

async function types(): Promise<string[]> {
  await noteStreams();
  const entries = await Promise.all(streams.map(({ stream }) => store.entries(stream, 0, 1_000)));
  return entries.flat().map((entry) => entry.type);
}

describe("a shift at its terminal", () => {
  test("goes from the float to a Z that ties to the drawer, over two restarts in between", async () => {
    accepted(await till.open(amount(10_000)));
    await sell();
    await restart();
    accepted(await till.moveCash({ kind: "paid-out", amount: amount(500), reason: "Milk" }));
    accepted(await till.noSale("Change for the bus"));
    await sell();
    await restart();
    await sell();
    await noteStreams();
    const x = await till.xReport();
    expect(x).toMatchObject({ kind: "x", zNumber: null, sales: { count: 3, amount: 3_600 }, drawerOpenings: 1 });
    accepted(await till.count([{ value: 1_000, pieces: 13 }]));
    await noteStreams();
    const z = accepted(await till.close(amount(10_000)));
    expect(z).toMatchObject({
      kind: "z",
      zNumber: 1,
      sales: { count: 3, amount: 3_600 },
      movements: { "paid-out": { count: 1, amount: 500 } },
      cash: { float: 10_000, expected: 13_100, counted: 13_000, overShort: -100, left: 10_000, dropped: 3_000 },
      grandTotals: { sales: 3_600, returns: 0, net: 3_600 },
      chainIntact: true,
      unsent: 7,
    });
  });

  test("writes its Z into the entry that closes it", async () => {
    accepted(await till.open(amount(0)));
    accepted(await till.count([]));
    const z = accepted(await till.close(amount(0)));
    await noteStreams();
    const last = (await store.entries(log.stream, log.tip.seq, 1))[0];
    const read = readEntry(last?.raw ?? "");
    expect("entry" in read ? read.entry : null).toMatchObject({
      type: "shift-closed",
      body: { zNumber: 1, report: z },
    });
  });

  test("takes no money while it is counted or closed, and is counted once", async () => {
    expect(till.openShift).toBeNull();
    accepted(await till.open(amount(0)));
    accepted(await till.count([]));
    expect(till.openShift).toBeNull();
    expect(refused(await till.moveCash({ kind: "paid-in", amount: amount(1), reason: "x" }))).toEqual({
      kind: "not-open",
    });
    expect(refused(await till.count([]))).toEqual({ kind: "already-counted" });
    accepted(await till.close(amount(0)));
    expect(refused(await till.close(amount(0)))).toEqual({ kind: "not-open" });
  });

  test("is opened once, though Open is pressed twice", async () => {
    const both = await Promise.all([till.open(amount(100)), till.open(amount(100))]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    expect((await types()).filter((type) => type === "shift-opened")).toHaveLength(1);
  });

  test("that was forgotten gets its Z at the next opening, uncounted, and its cash is carried over", async () => {
    accepted(await till.open(amount(5_000)));
    await sell();
    clock.set("2026-11-24T08:00:00.000+02:00" as Instant);
    await restart();
    const { forgotten } = accepted(await till.open(amount(6_200)));
    expect(forgotten).toMatchObject({
      kind: "z",
      zNumber: 1,
      automatic: true,
      cash: { expected: 6_200, counted: null, left: 6_200 },
    });
    expect(till.openShift?.opened).toMatchObject({ businessDay: "2026-11-24", carried: 6_200, float: 6_200 });
    accepted(await till.count([{ value: 6_200, pieces: 1 }]));
    expect(accepted(await till.close(amount(0)))).toMatchObject({
      zNumber: 2,
      sales: { count: 0 },
      cash: { overShort: 0 },
    });
  });

  test("after midnight still belongs to the evening before", async () => {
    clock.set("2026-11-24T01:30:00.000+02:00" as Instant);
    accepted(await till.open(amount(0)));
    expect(till.openShift?.opened.businessDay).toBe("2026-11-23");
  });

  test("counts on its Z numbers and totals though everything but the till's own record is gone", async () => {
    accepted(await till.open(amount(0)));
    await sell();
    accepted(await till.count([{ value: 1_200, pieces: 1 }]));
    accepted(await till.close(amount(0)));
    const draft = [...store.drafts.values()];
    ({ log, store } = await testLog(clock));
    for (const each of draft) store.drafts.set(each.draft, each);
    till = openTill();
    accepted(await till.open(amount(0)));
    accepted(await till.count([]));
    await noteStreams();
    expect(accepted(await till.close(amount(0)))).toMatchObject({ zNumber: 2, grandTotals: { sales: 1_200 } });
  });

  test("does nothing where nobody is logged in", async () => {
    const locked = new OwnTill(
      {
        ...{ log, clock, newId: newTestId, shop: testShop, person: () => null },
        ...{ streams: () => streams, entries: store.entries, unsentCount: () => 0 },
      },
      newTillRecord({ terminal: TEST_TERMINAL, branch: TEST_BRANCH }),
    );
    expect(refused(await locked.open(amount(0)))).toEqual({ kind: "nobody-here" });
  });
});

test("a till that is never switched off opens a stream of its own for each business day", async () => {
  accepted(await till.open(amount(0)));
  const monday = log.stream;
  clock.set("2026-11-24T03:59:00.000+02:00" as Instant);
  accepted(await till.count([]));
  accepted(await till.close(amount(0)));
  accepted(await till.open(amount(0)));
  expect(log.stream).toBe(monday);
  accepted(await till.count([]));
  accepted(await till.close(amount(0)));
  clock.set("2026-11-24T04:00:00.000+02:00" as Instant);
  accepted(await till.open(amount(0)));
  expect(log.stream).not.toBe(monday);
  const [first, second] = await store.entries(log.stream, 0, 2);
  expect([first?.type, second?.type]).toEqual(["stream-opened", "shift-opened"]);
  expect(first?.raw).toContain(`"after":{"stream":"${monday}"`);
});
