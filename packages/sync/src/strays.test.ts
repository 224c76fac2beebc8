import { expect, test } from "vitest";
import { EventLog } from "./event-log.ts";
import type { StoredEntry } from "./ports.ts";
import { type StrayRow, Strays } from "./strays.ts";
import type { Authority } from "./testing/authority.ts";
import { HandClock } from "./testing/hand-clock.ts";
import { MemoryLogStore } from "./testing/memory-stores.ts";
import { appendSale, type Device, logPorts, newDevice, openAuthority, startTerminal } from "./testing/test-terminal.ts";

const ALL = { entriesMax: 500, bytesMax: 1_000_000 };

/** A till that sold, and whose database is gone: only its second copy is left. */
async function lostTill(
  sales = 3,
): Promise<{ device: Device; strays: Strays; authority: Authority; forgotten: string[] }> {
  const device = newDevice();
  const log = await EventLog.open(logPorts(device));
  for (let sale = 0; sale < sales; sale += 1) await appendSale(log);
  const authority = openAuthority();
  const forgotten: string[] = [];
  const strays = new Strays([{ stream: log.stream, header: "header", rows: device.mirrored.map(rowOf) }], {
    verifyReceipt: authority.verifyReceipt,
    forget: async (stream) => void forgotten.push(stream),
  });
  return { device, strays, authority, forgotten };
}

function rowOf({ seq, hash, raw, sig }: StoredEntry): StrayRow {
  return { seq, hash, line: JSON.stringify({ raw, sig }) };
}

/** Starts anew with an empty database and what the second copy remembers. */
async function startAnew({ device, strays, authority }: Awaited<ReturnType<typeof lostTill>>) {
  const fresh: Device = { ...device, clock: new HandClock(), store: new MemoryLogStore() };
  const terminal = await startTerminal({ authority, device: fresh, strays });
  terminal.loop.wake();
  return terminal;
}

test("what only the second copy has counts as unsent until the server has signed for it", async () => {
  const lost = await lostTill();
  const { outbox, clock } = await startAnew(lost);
  expect(outbox.unsentCount).toBe(5);
  await clock.advance(1_000);
  expect(outbox.unsentCount).toBe(0);
  expect([...lost.authority.held.values()].filter(({ type }) => type === "sale-completed")).toHaveLength(3);
  expect(lost.forgotten).toHaveLength(1);
});

test("it goes up in batches like everything else", async () => {
  const { strays } = await lostTill(9);
  expect(strays.nextBatch({ ...ALL, entriesMax: 4 })?.rows.map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
  expect(strays.nextBatch({ ...ALL, bytesMax: 1 })?.rows).toHaveLength(1);
  expect(strays.nextBatch(ALL)?.text.split("\n")).toHaveLength(11);
});

test("half of it confirmed leaves the other half to be sent, and the file where it is", async () => {
  const { strays, authority, forgotten } = await lostTill(5);
  const batch = strays.nextBatch({ ...ALL, entriesMax: 3 });
  if (batch === null) throw new Error("there is something to send");
  await strays.settle(batch, await authority.wire.rescue(batch.text));
  expect(strays.count).toBe(3);
  expect(strays.nextBatch(ALL)?.rows.map(({ seq }) => seq)).toEqual([3, 4, 5]);
  expect(forgotten).toEqual([]);
});

test("a receipt that nobody signed confirms nothing", async () => {
  const { strays, authority } = await lostTill();
  const batch = strays.nextBatch(ALL);
  if (batch === null) throw new Error("there is something to send");
  const reply = await authority.wire.rescue(batch.text);
  await strays.settle(batch, { ...reply, receipts: reply.receipts.map((receipt) => ({ ...receipt, sig: "x" })) });
  expect(strays.count).toBe(4);
});

test("rows that the server cannot open stay, are counted, and hold nothing else up", async () => {
  const lost = await lostTill();
  const [stream] = lost.strays.streams();
  if (stream === undefined) throw new Error("there is a stray stream");
  const strays = new Strays([{ ...stream, rows: stream.rows.map((row) => ({ ...row, line: "sealed to nobody" })) }], {
    verifyReceipt: lost.authority.verifyReceipt,
    forget: async () => undefined,
  });
  const terminal = await startAnew({ ...lost, strays });
  await terminal.clock.advance(1_000);
  await appendSale(terminal.log);
  await terminal.clock.advance(120_000);
  expect(terminal.outbox.unsentCount).toBe(4);
  expect(lost.authority.calls.filter((call) => call === "rescue")).toHaveLength(1);
  expect(terminal.replica.isComplete(["m"])).toBe(true);
  expect(await terminal.status()).toMatchObject({ green: false });
});

test("until the till is let in again everything is kept and tried", async () => {
  const lost = await lostTill();
  lost.authority.unknownKey = true;
  const terminal = await startAnew(lost);
  await appendSale(terminal.log);
  await terminal.clock.advance(3_600_000);
  expect(terminal.outbox.unsentCount).toBe(6);
  expect(await terminal.status()).toMatchObject({ reach: "signed-out" });
  lost.authority.unknownKey = false;
  await terminal.clock.advance(120_000);
  expect(terminal.outbox.unsentCount).toBe(0);
});

test("a number that was used before the loss is not given out again, and the new stream says what it follows", async () => {
  const { device } = await lostTill(7);
  const last = device.mirrored.at(-1) as StoredEntry;
  const remembered = { counters: { T1: 7 }, last: { stream: last.stream, seq: last.seq, hash: last.hash } };
  const store = new MemoryLogStore();
  const log = await EventLog.open(logPorts({ ...device, store }, { remembered }));
  await appendSale(log);
  const [opened, sale] = (await store.entries(log.stream, 0, 2)).map(({ raw }) => JSON.parse(raw).body);
  expect(opened.after).toEqual(remembered.last);
  expect(sale.number.number).toBe(8);
});
