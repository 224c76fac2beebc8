import { expect, test } from "vitest";
import { EventLog } from "./event-log.ts";
import type { StoredEntry } from "./ports.ts";
import { appendSale, logPorts, newDevice, saleEvent } from "./testing/test-terminal.ts";

/** A disk that stores the next append and then answers nothing, not even when asked what it has. */
function goSilentOnce(device: ReturnType<typeof newDevice>): () => void {
  const { append, read } = device.store;
  device.store.append = async (change) => {
    await append(change);
    throw new DOMException("the connection is gone", "InvalidStateError");
  };
  device.store.read = async () => {
    throw new DOMException("the connection is gone", "InvalidStateError");
  };
  return () => {
    device.store.append = append;
    device.store.read = read;
  };
}

test("a sale that may or may not be stored, tried again, is the one that was stored", async () => {
  const device = newDevice();
  const log = await EventLog.open(logPorts(device));
  const sale = saleEvent();
  const tryToSell = (paidAt: string): Promise<string> =>
    log.append({ build: () => ({ events: [sale], value: paidAt }) });
  const heal = goSilentOnce(device);
  await expect(tryToSell("first")).rejects.toThrow("the connection is gone");
  heal();
  expect(await tryToSell("second")).toBe("first");
  const entries = await device.store.entries(log.stream, 0, 10);
  expect(entries.map(({ event }) => event)).toHaveLength(2);
  expect(device.mirrored.map(({ hash }) => hash)).toEqual(entries.map(({ hash }) => hash));
});

test("another sale after it is written behind the one that was stored", async () => {
  const device = newDevice();
  const log = await EventLog.open(logPorts(device));
  const heard: StoredEntry[] = [];
  log.onAppended((entries) => heard.push(...entries));
  const heal = goSilentOnce(device);
  await expect(appendSale(log)).rejects.toThrow();
  heal();
  await appendSale(log);
  const entries = await device.store.entries(log.stream, 1, 10);
  const numbers = entries.map(({ raw }) => JSON.parse(raw).body.number.number);
  expect(numbers).toEqual([1, 2]);
  expect(heard.map(({ hash }) => hash)).toEqual(entries.map(({ hash }) => hash));
});

test("what the second copy could not take goes there with what comes next, parents first", async () => {
  const device = newDevice();
  const taken: StoredEntry[] = [];
  let isFull = false;
  const mirror = {
    write: async (entries: readonly StoredEntry[]) => {
      if (isFull) throw new Error("no space");
      taken.push(...entries);
    },
  };
  const log = await EventLog.open(logPorts(device, { mirror, onMirrorFailure: () => undefined }));
  isFull = true;
  await appendSale(log);
  await appendSale(log);
  isFull = false;
  await appendSale(log);
  expect(taken.map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
});

test("a start gives the second copy what a kill may have kept from it, as far as the server has not confirmed it", async () => {
  const device = newDevice();
  const before = await EventLog.open(logPorts(device));
  for (let sale = 0; sale < 3; sale += 1) await appendSale(before);
  device.mirrored.length = 0;
  const after = await EventLog.open(logPorts(device));
  expect(device.mirrored.map(({ stream, seq }) => [stream, seq])).toEqual([
    ...[0, 1, 2, 3].map((seq) => [before.stream, seq]),
    [after.stream, 0],
  ]);
});
