import type { Entry } from "@holdfast/protocol/entry";
import { entrySchema } from "@holdfast/protocol/entry";
import type { StreamOpened } from "@holdfast/protocol/events/stream-opened";
import { expect, test } from "vitest";
import { EventLog, LostWriter } from "./event-log.ts";
import type { AppendChange, StoredEntry } from "./ports.ts";
import { keyedHash, sha256 } from "./testing/authority.ts";
import { MemoryLogStore } from "./testing/memory-stores.ts";
import { appendSale, type Device, logPorts, newDevice, nextId, saleEvent } from "./testing/test-terminal.ts";

async function entriesOf(device: Device, log: EventLog): Promise<StoredEntry[]> {
  return await device.store.entries(log.stream, 0, Number.MAX_SAFE_INTEGER);
}

function read({ raw }: StoredEntry): Entry {
  return entrySchema.parse(JSON.parse(raw));
}

function numberIn(entry: StoredEntry): number {
  return (read(entry).body as { number: { number: number } }).number.number;
}

test("a stream begins with an entry that says who writes it and what came before", async () => {
  const device = newDevice();
  const first = await EventLog.open(logPorts(device));
  await appendSale(first);
  const second = await EventLog.open(logPorts(device));

  const [opened] = await entriesOf(device, first);
  const [openedNext] = await entriesOf(device, second);
  expect(read(opened as StoredEntry)).toMatchObject({ seq: 0, prev: "", type: "stream-opened" });
  expect((read(opened as StoredEntry).body as StreamOpened).after).toBeNull();
  expect((read(openedNext as StoredEntry).body as StreamOpened).after).toEqual({
    stream: first.stream,
    seq: 1,
    hash: first.tip.hash,
  });
});

// INV-02 and INV-03: each link names the one before, and its bytes are those that were signed.
test("every entry names the hash of the one before, and is hashed and signed as it was written", async () => {
  const device = newDevice();
  const log = await EventLog.open(logPorts(device));
  for (let sale = 0; sale < 5; sale += 1) await appendSale(log);

  const entries = await entriesOf(device, log);
  expect(entries).toHaveLength(6);
  for (const [index, entry] of entries.entries()) {
    expect(entry.hash).toBe(sha256(entry.raw));
    expect(entry.sig).toBe(keyedHash(entry.raw));
    expect(read(entry)).toMatchObject({
      stream: log.stream,
      seq: index,
      prev: entries[index - 1]?.hash ?? "",
      event: entry.event,
      type: entry.type,
      at: entry.at,
    });
  }
});

test("what an event was made from is written into it", async () => {
  const device = newDevice();
  let seen: Record<string, string> = { m: "o1.7" };
  const log = await EventLog.open(logPorts(device, { seen: () => seen }));
  seen = { m: "o1.8", "b:1": "o1.3" };
  await appendSale(log);
  expect((await entriesOf(device, log)).map((entry) => read(entry).seen)).toEqual([
    { m: "o1.7" },
    { m: "o1.8", "b:1": "o1.3" },
  ]);
});

test("nothing is reported written before the store has it and the second copy was asked", async () => {
  const device = newDevice();
  const steps: string[] = [];
  const store = new (class extends MemoryLogStore {
    override append = async (change: AppendChange): Promise<boolean> => {
      const done = await device.store.append(change);
      steps.push("stored");
      return done;
    };
    override read = device.store.read;
    override entries = device.store.entries;
  })();
  const mirror = { write: async () => void steps.push("mirrored") };
  const log = await EventLog.open(logPorts(device, { store, mirror }));
  log.onAppended(() => steps.push("told"));
  steps.length = 0;
  await appendSale(log).then(() => steps.push("paid"));
  expect(steps).toEqual(["stored", "told", "mirrored", "paid"]);
});

test("sales rung up at the same moment are written one after the other and numbered without a gap", async () => {
  const device = newDevice();
  const log = await EventLog.open(logPorts(device));
  await Promise.all(Array.from({ length: 100 }, () => appendSale(log)));
  const sales = (await entriesOf(device, log)).slice(1);
  expect(sales.map(numberIn)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
});

test("a number that was not stored is given to the next sale, one that was stored never again", async () => {
  const device = newDevice();
  const log = await EventLog.open(logPorts(device));
  await appendSale(log);
  const { append } = device.store;
  device.store.append = async () => {
    throw new DOMException("disk full", "UnknownError");
  };
  await expect(appendSale(log)).rejects.toThrow("disk full");
  device.store.append = append;
  await appendSale(log);
  expect((await entriesOf(device, log)).slice(1).map(numberIn)).toEqual([1, 2]);
});

test("a disk that broke down after it had stored the sale has stored it, once", async () => {
  const device = newDevice();
  const log = await EventLog.open(logPorts(device));
  const { append } = device.store;
  device.store.append = async (change) => {
    await append(change);
    throw new DOMException("the connection is gone", "InvalidStateError");
  };
  await appendSale(log);
  // A handle that heals itself tries the same transaction again, and is told that the writer has moved on.
  device.store.append = async (change) => {
    await append(change);
    return await append(change);
  };
  await appendSale(log);
  device.store.append = append;
  await appendSale(log);
  expect((await entriesOf(device, log)).slice(1).map(numberIn)).toEqual([1, 2, 3]);
});

test("numbers count on over a new business day and a new start", async () => {
  const device = newDevice();
  const log = await EventLog.open(logPorts(device));
  await appendSale(log);
  await log.rotate();
  await appendSale(log);
  const restarted = await EventLog.open(logPorts(device));
  await appendSale(restarted);
  const [last] = (await entriesOf(device, restarted)).slice(-1);
  expect(numberIn(last as StoredEntry)).toBe(3);
});

test("a sale that cannot be built writes nothing and stops nobody", async () => {
  const device = newDevice();
  const log = await EventLog.open(logPorts(device));
  const broken = log.append({
    build: () => {
      throw new Error("a bug of ours");
    },
  });
  await expect(broken).rejects.toThrow("a bug of ours");
  await appendSale(log);
  expect(log.tip.seq).toBe(1);
});

test("an older window that comes back to life writes nothing", async () => {
  const device = newDevice();
  const old = await EventLog.open(logPorts(device));
  await appendSale(old);
  const present = await EventLog.open(logPorts(device));
  await expect(appendSale(old)).rejects.toBeInstanceOf(LostWriter);
  await expect(old.rotate()).rejects.toBeInstanceOf(LostWriter);
  await appendSale(present);
  expect(await entriesOf(device, old)).toHaveLength(2);
  expect(await entriesOf(device, present)).toHaveLength(2);
});

test("of two windows that open at the same moment both have a stream, and one of them writes", async () => {
  const device = newDevice();
  const logs = await Promise.all([EventLog.open(logPorts(device)), EventLog.open(logPorts(device))]);
  const outcomes = await Promise.allSettled(logs.map(appendSale));
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const { streams } = await device.store.read();
  expect(streams).toHaveLength(2);
});

test("a cart leaves the drafts in the write that completes it, or not at all", async () => {
  const device = newDevice();
  const log = await EventLog.open(logPorts(device));
  const [cart, unprinted] = [nextId(), nextId()];
  device.store.drafts.set(cart, { draft: cart, body: "the cart" });
  const drafts = { put: [{ draft: unprinted, body: "to be printed" }], remove: [cart] };

  const other = await EventLog.open(logPorts(device));
  await expect(log.append({ build: () => ({ events: [saleEvent()], value: null, drafts }) })).rejects.toThrow();
  expect([...device.store.drafts.keys()]).toEqual([cart]);

  await other.append({ build: () => ({ events: [saleEvent()], value: null, drafts }) });
  expect([...device.store.drafts.keys()]).toEqual([unprinted]);
});

test("a second copy that fails is reported and holds nobody up", async () => {
  const device = newDevice();
  const reported: unknown[] = [];
  const log = await EventLog.open(
    logPorts(device, {
      mirror: {
        write: async () => {
          throw new Error("no space");
        },
      },
      onMirrorFailure: (error) => reported.push(error),
    }),
  );
  await appendSale(log);
  expect(log.tip.seq).toBe(1);
  expect(reported).toHaveLength(2);
});

test("the second copy holds the very same entries", async () => {
  const device = newDevice();
  const log = await EventLog.open(logPorts(device));
  await appendSale(log);
  await log.rotate();
  await appendSale(log);
  const { streams } = await device.store.read();
  const stored = await Promise.all(streams.map(({ stream }) => device.store.entries(stream, 0, 100)));
  expect(device.mirrored).toEqual(stored.flat());
});

test("an event written anew keeps its id and its content", async () => {
  const device = newDevice();
  const log = await EventLog.open(logPorts(device));
  const event = await appendSale(log);
  const written = (await entriesOf(device, log))[1] as StoredEntry;
  await log.rotate();
  await log.appendAgain([read(written)]);
  const again = (await entriesOf(device, log))[1] as StoredEntry;
  expect(again.event).toBe(event);
  expect(again.stream).not.toBe(written.stream);
  expect(read(again).body).toEqual(read(written).body);
  // It took no new number either.
  await appendSale(log);
  expect(numberIn((await entriesOf(device, log))[2] as StoredEntry)).toBe(2);
});

test("whoever listens hears of every entry, also of the one that opens a stream, until it stops listening", async () => {
  const device = newDevice();
  const log = await EventLog.open(logPorts(device));
  const heard: string[] = [];
  const stop = log.onAppended((entries) => heard.push(...entries.map(({ type, seq }) => `${type} ${seq}`)));
  await appendSale(log);
  await log.rotate();
  stop();
  await appendSale(log);
  expect(heard).toEqual(["sale-completed 1", "stream-opened 0"]);
});
