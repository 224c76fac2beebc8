import { expect, test } from "vitest";
import { EventLog } from "./event-log.ts";
import type { StoredEntry, Wire } from "./ports.ts";
import { MemoryLogStore } from "./testing/memory-stores.ts";
import { appendSale, logPorts, newDevice, openAuthority, saleEvent, startTerminal } from "./testing/test-terminal.ts";

/** A disk that breaks down right after it has stored something, and cannot be read for a while. */
function breakingStore(): { readonly store: MemoryLogStore; readonly setBreaking: (isBreaking: boolean) => void } {
  const store = new MemoryLogStore();
  const { append, read } = store;
  let isBreaking = false;
  const check = (): void => {
    if (isBreaking) throw new Error("the disk is gone");
  };
  store.append = async (change) => {
    const done = await append(change);
    check();
    return done;
  };
  store.read = async () => {
    check();
    return await read();
  };
  const setBreaking = (value: boolean): void => {
    isBreaking = value;
  };
  return { store, setBreaking };
}

test("a sale of which nobody knew whether it was stored is the one that was, when it is tried again", async () => {
  const { store, setBreaking } = breakingStore();
  const device = { ...newDevice(), store };
  const log = await EventLog.open(logPorts(device));
  const event = saleEvent();
  const pay = (): Promise<number> =>
    log.append({
      build: (numbers) => {
        const number = numbers.next("T1");
        const body = { ...event.body, number: { series: "T1", number, stream: "AAAA" } };
        return { events: [{ ...event, body }], value: number };
      },
    });
  setBreaking(true);
  await expect(pay()).rejects.toThrow("the disk is gone");
  setBreaking(false);

  expect(await pay()).toBe(1);
  const entries = await device.store.entries(log.stream, 0, 100);
  expect(entries.map(({ type }) => type)).toEqual(["stream-opened", "sale-completed"]);
  expect(device.mirrored.map(({ hash }) => hash)).toEqual(entries.map(({ hash }) => hash));
  await appendSale(log);
  expect(log.tip.seq).toBe(2);
});

test("what the second copy could not take goes there with what comes next", async () => {
  const device = newDevice();
  let fails = false;
  const written: StoredEntry[] = [];
  const log = await EventLog.open(
    logPorts(device, {
      mirror: {
        write: async (entries) => {
          if (fails) throw new Error("no space");
          written.push(...entries);
        },
      },
      onMirrorFailure: () => undefined,
    }),
  );
  fails = true;
  await appendSale(log);
  fails = false;
  await appendSale(log);
  expect(written.map(({ seq }) => seq)).toEqual([0, 1, 2]);
});

test("a start gives the second copy the end of the stream before, which a kill may have kept from it", async () => {
  const device = newDevice();
  const first = await EventLog.open(logPorts(device));
  await appendSale(first);
  device.mirrored.length = 0;
  const second = await EventLog.open(logPorts(device));
  expect(device.mirrored.map(({ stream, seq }) => [stream, seq])).toEqual([
    [first.stream, 0],
    [first.stream, 1],
    [second.stream, 0],
  ]);
});

test("a refused entry is given up only once its event stands elsewhere", async () => {
  const authority = openAuthority();
  const device = newDevice();
  const { log, store, loop } = await startTerminal({ authority, device });
  const event = await appendSale(log);
  const refused = (await store.entries(log.stream, 1, 1))[0] as StoredEntry;
  authority.badHashes.add(refused.hash);
  const steps: string[] = [];
  const [append, condemn] = [store.append, store.condemn];
  store.append = async (change) => {
    if (change.entries.some((entry) => entry.event === event)) steps.push("written anew");
    return await append(change);
  };
  store.condemn = async (stream, from) => {
    steps.push("given up");
    await condemn(stream, from);
  };
  loop.wake();
  await device.clock.advance(1_000);
  expect(steps).toEqual(["written anew", "given up"]);
});

test("an answer that does not speak of what was sent leaves it to be sent", async () => {
  const authority = openAuthority();
  const device = newDevice();
  let isOld = true;
  const { push } = authority.wire;
  const wire: Wire = {
    ...authority.wire,
    push: async (entries) => {
      if (!isOld) return await push(entries);
      isOld = false;
      return { ...(await push([])), accepted: entries.length };
    },
  };
  const { loop, outbox } = await startTerminal({ authority, device, wire });
  loop.wake();
  await device.clock.advance(100);
  expect(outbox.unsentCount).toBe(1);
  await device.clock.advance(5_000);
  expect(outbox.unsentCount).toBe(0);
});
