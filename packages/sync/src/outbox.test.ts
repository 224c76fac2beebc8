import type { Uuid } from "@holdfast/domain/kernel/id";
import type { LogReply } from "@holdfast/protocol/log";
import { expect, test } from "vitest";
import { EventLog } from "./event-log.ts";
import { type Batch, Outbox, toWire } from "./outbox.ts";
import type { StoredEntry } from "./ports.ts";
import { Authority, keyedHash } from "./testing/authority.ts";
import { appendSale, type Device, logPorts, newDevice, nextId } from "./testing/test-terminal.ts";

const ALL = { entriesMax: 500, bytesMax: 1_000_000 };

type Till = { device: Device; log: EventLog; outbox: Outbox; authority: Authority };

async function till(sales = 0): Promise<Till> {
  const device = newDevice();
  const authority = new Authority();
  const log = await EventLog.open(logPorts(device));
  const outbox = await Outbox.load(device.store, authority.verifyReceipt);
  log.onAppended((entries) => outbox.noteAppended(entries));
  for (let sale = 0; sale < sales; sale += 1) await appendSale(log);
  return { device, log, outbox, authority };
}

async function exchange({ outbox, authority }: Till, change: (reply: LogReply) => LogReply = (reply) => reply) {
  const batch = await outbox.nextBatch(ALL);
  const reply = change(await authority.wire.push(batch.entries.map(toWire)));
  return { batch, reply, after: await outbox.settle(batch, reply) };
}

function places({ entries }: Batch): string[] {
  return entries.map(({ seq }) => String(seq));
}

test("what was written is unsent until the server's receipt covers it", async () => {
  const shop = await till(3);
  expect(shop.outbox.unsentCount).toBe(4);
  expect(shop.outbox.isSent(shop.log.stream, 3)).toBe(false);
  const { after } = await exchange(shop);
  expect(after).toEqual({ rotate: false, condemned: [], progressed: true });
  expect(shop.outbox.unsentCount).toBe(0);
  expect(shop.outbox.isSent(shop.log.stream, 3)).toBe(true);
  await appendSale(shop.log);
  expect(shop.outbox.unsentCount).toBe(1);
});

test("an answer without a receipt confirms nothing", async () => {
  const shop = await till(3);
  const { after } = await exchange(shop, (reply) => ({ ...reply, receipts: [] }));
  expect(after.progressed).toBe(false);
  expect(shop.outbox.unsentCount).toBe(4);
});

test.each<[string, (receipt: LogReply["receipts"][number]) => LogReply["receipts"][number]]>([
  ["signed by someone else", (receipt) => ({ ...receipt, sig: keyedHash("anything", "stranger") })],
  ["for another hash", (receipt) => ({ ...receipt, hash: "0".repeat(64) })],
  ["for an entry that does not exist", (receipt) => ({ ...receipt, seq: receipt.seq + 1 })],
  ["for a stream of another terminal", (receipt) => ({ ...receipt, stream: nextId() })],
  ["changed after it was signed", (receipt) => ({ ...receipt, at: "2031-01-01T00:00:00.000Z" })],
])("a receipt %s counts for nothing", async (_, forge) => {
  const shop = await till(3);
  await exchange(shop, (reply) => ({ ...reply, receipts: reply.receipts.map(forge) }));
  expect(shop.outbox.unsentCount).toBe(4);
  expect((await shop.device.store.read()).streams[0]?.receipt).toBeNull();
});

test("receipts are matched by stream and hash, in whatever order they come", async () => {
  const shop = await till(1);
  for (let day = 0; day < 3; day += 1) {
    await shop.log.rotate();
    await appendSale(shop.log);
  }
  await exchange(shop, (reply) => ({ ...reply, receipts: [...reply.receipts].reverse().slice(0, 3) }));
  expect(shop.outbox.unsentCount).toBe(2);
  expect(shop.outbox.isSent(shop.outbox.streams()[0]?.stream as Uuid, 0)).toBe(false);
});

test("an older receipt does not take back what a newer one confirmed", async () => {
  const shop = await till(3);
  const stream = shop.log.stream;
  await exchange(shop);
  const older = (await shop.device.store.entries(stream, 1, 1))[0] as StoredEntry;
  await appendSale(shop.log);
  await exchange(shop, (reply) => ({
    ...reply,
    receipts: [shop.authority.receiptFor(stream, { seq: 1, hash: older.hash })],
  }));
  expect(shop.outbox.unsentCount).toBe(1);
});

test("a window that was frozen with an old answer does not take back on the disk what the one that took over was told", async () => {
  const shop = await till(1);
  const batch = await shop.outbox.nextBatch(ALL);
  const late = await shop.authority.wire.push(batch.entries.map(toWire));
  await appendSale(shop.log);
  const newer = { ...shop, outbox: await Outbox.load(shop.device.store, shop.authority.verifyReceipt) };
  await exchange(newer);
  expect(newer.outbox.unsentCount).toBe(0);
  await shop.outbox.settle(batch, late);
  const restarted = await Outbox.load(shop.device.store, shop.authority.verifyReceipt);
  expect(restarted.unsentCount).toBe(0);
});

test("what is confirmed stays confirmed after a restart, and nothing else", async () => {
  const shop = await till(2);
  await exchange(shop);
  await appendSale(shop.log);
  const restarted = await Outbox.load(shop.device.store, shop.authority.verifyReceipt);
  expect(restarted.unsentCount).toBe(1);
  expect(places(await restarted.nextBatch(ALL))).toEqual(["3"]);
});

test("a reply that never came leaves everything to be sent again", async () => {
  const shop = await till(2);
  const sent = await shop.outbox.nextBatch(ALL);
  await shop.authority.wire.push(sent.entries.map(toWire));
  expect(await shop.outbox.nextBatch(ALL)).toEqual(sent);
});

test("a batch has no more entries and bytes than it may, oldest streams first", async () => {
  const shop = await till(4);
  await shop.log.rotate();
  await appendSale(shop.log);
  expect(places(await shop.outbox.nextBatch({ ...ALL, entriesMax: 3 }))).toEqual(["0", "1", "2"]);
  expect(places(await shop.outbox.nextBatch({ ...ALL, entriesMax: 6 }))).toEqual(["0", "1", "2", "3", "4", "0"]);
  const { entries } = await shop.outbox.nextBatch(ALL);
  const [first, second] = entries.map(({ raw }) => raw.length) as [number, number];
  expect(places(await shop.outbox.nextBatch({ ...ALL, bytesMax: first + second }))).toEqual(["0", "1"]);
  // One entry that is larger than a whole batch travels alone.
  expect(places(await shop.outbox.nextBatch({ ...ALL, bytesMax: 1 }))).toEqual(["0"]);
});

test("where the server lacks a parent, sending goes on behind the last entry both have", async () => {
  const shop = await till(4);
  await exchange(shop);
  shop.authority.forget(shop.log.stream, 2, "o2");
  await appendSale(shop.log);
  const { reply } = await exchange(shop);
  expect(reply.stopped).toMatchObject([{ code: "unknown_parent", tip: { seq: 1 } }]);
  expect(places(await shop.outbox.nextBatch(ALL))).toEqual(["2", "3", "4", "5"]);
});

test("where the server shows an entry I do not hold, the stream is offered from its start and another one is opened", async () => {
  const shop = await till(2);
  const foreign = { seq: 1, hash: "f".repeat(64) };
  const { after } = await exchange(shop, (reply) => ({
    ...reply,
    streams: { [shop.log.stream]: foreign },
    receipts: [],
    stopped: [{ line: 2, stream: shop.log.stream, code: "unknown_parent", message: "", tip: foreign }],
  }));
  expect(after.rotate).toBe(true);
  expect(places(await shop.outbox.nextBatch(ALL))).toEqual(["0", "1", "2"]);
});

test("an entry that the server will not take as it stands is condemned with all that follows it, and no longer counted", async () => {
  const shop = await till(3);
  const bad = (await shop.device.store.entries(shop.log.stream, 2, 1))[0] as StoredEntry;
  shop.authority.badHashes.add(bad.hash);
  const { after } = await exchange(shop);
  expect(after.condemned).toEqual([{ stream: shop.log.stream, from: 2 }]);
  expect(shop.outbox.unsentCount).toBe(2);
  await shop.outbox.condemn(shop.log.stream, 2);
  expect(shop.outbox.unsentCount).toBe(0);
  const restarted = await Outbox.load(shop.device.store, shop.authority.verifyReceipt);
  expect(restarted.unsentCount).toBe(0);
  expect(restarted.streams()[0]?.condemnedFrom).toBe(2);
});

test("while the server does not know my key, everything waits", async () => {
  const shop = await till(2);
  shop.authority.unknownKey = true;
  await exchange(shop);
  expect(shop.outbox.unsentCount).toBe(3);
  expect(places(await shop.outbox.nextBatch(ALL))).toEqual(["0", "1", "2"]);
});

test("a bad stream holds up no other one", async () => {
  const shop = await till(2);
  await shop.log.rotate();
  await appendSale(shop.log);
  const [first, second] = shop.outbox.streams().map(({ stream }) => stream) as [Uuid, Uuid];
  shop.authority.badHashes.add(((await shop.device.store.entries(first, 1, 1))[0] as StoredEntry).hash);
  await exchange(shop);
  expect(shop.outbox.isSent(second, 1)).toBe(true);
  expect(shop.outbox.isSent(first, 0)).toBe(true);
  expect(shop.outbox.isSent(first, 1)).toBe(false);
});

test("what the server set aside is sent, and is shown until someone resolves it", async () => {
  const shop = await till();
  const event = await appendSale(shop.log);
  shop.authority.quarantined.set(event, "unsupported_version");
  await exchange(shop);
  expect(shop.outbox.unsentCount).toBe(0);
  const restarted = await Outbox.load(shop.device.store, shop.authority.verifyReceipt);
  expect(restarted.attention()).toMatchObject([{ event, code: "unsupported_version" }]);
});

test("the age of what is unsent is that of its oldest entry", async () => {
  const shop = await till();
  await exchange(shop);
  expect(await shop.outbox.oldestUnsent()).toBeNull();
  await shop.device.clock.advance(60_000);
  await appendSale(shop.log);
  const at = shop.device.clock.instant();
  await shop.device.clock.advance(3_600_000);
  await appendSale(shop.log);
  expect(await shop.outbox.oldestUnsent()).toBe(at);
});

test("what was confirmed is offered again when the server says that it lost it", async () => {
  const shop = await till(2);
  await exchange(shop);
  shop.outbox.resend([shop.log.stream]);
  expect(places(await shop.outbox.nextBatch(ALL))).toEqual(["0", "1", "2"]);
});

test("what the server lost is on this device alone, and unsent until the server has it again", async () => {
  const shop = await till(2);
  const { stream } = shop.log;
  const { reply } = await exchange(shop);
  shop.outbox.resend([stream]);
  expect(shop.outbox.unsentCount).toBe(3);
  expect(shop.outbox.isSent(stream, 2)).toBe(false);
  expect(await shop.outbox.oldestUnsent()).toBe((await shop.device.store.entries(stream, 0, 1))[0]?.at);
  // A silent answer and one that somebody made up say nothing of where they are.
  for (const receipts of [[], reply.receipts.map((each) => ({ ...each, sig: keyedHash("anything", "stranger") }))]) {
    const { after } = await exchange(shop, (answer) => ({ ...answer, receipts }));
    expect(after.progressed).toBe(false);
    expect(shop.outbox.unsentCount).toBe(3);
  }
  const { after } = await exchange(shop);
  expect(after.progressed).toBe(true);
  expect(shop.outbox.unsentCount).toBe(0);
  expect(shop.outbox.isSent(stream, 2)).toBe(true);
});

test("of what the server lost a part that it has again counts, and no more", async () => {
  const shop = await till(4);
  await exchange(shop);
  shop.outbox.resend([shop.log.stream]);
  const first = await shop.outbox.nextBatch({ ...ALL, entriesMax: 2 });
  const reply = await shop.authority.wire.push(first.entries.map(toWire));
  // The authority never lost them and signs for all; a batch says no more than what was in it.
  expect((await shop.outbox.settle(first, reply)).progressed).toBe(true);
  expect(shop.outbox.unsentCount).toBe(3);
  expect(places(await shop.outbox.nextBatch(ALL))).toEqual(["2", "3", "4"]);
  // Another window's look at the disk, where the old receipts are, does not make up for it.
  await shop.outbox.refresh();
  expect(shop.outbox.unsentCount).toBe(3);
  await appendSale(shop.log);
  expect(shop.outbox.unsentCount).toBe(4);
  await exchange(shop);
  expect(shop.outbox.unsentCount).toBe(0);
});
