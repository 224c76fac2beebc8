import { type Uuid, uuidV7 } from "@holdfast/domain/kernel/id";
import type { Sale } from "@holdfast/domain/sale/sale";
import { TEST_TERMINAL, testSale } from "@holdfast/domain/testing/build";
import { EventLog, type EventLogPorts, type NewEvent } from "../event-log.ts";
import { Outbox } from "../outbox.ts";
import type { StoredEntry, Wire } from "../ports.ts";
import { Replica } from "../replica.ts";
import { type SyncStatus, syncStatus } from "../status.ts";
import type { Strays } from "../strays.ts";
import { SyncLoop, type SyncPorts } from "../sync-loop.ts";
import { Authority, decodePlainChunk, keyedHash, sha256 } from "./authority.ts";
import { HandClock } from "./hand-clock.ts";
import { MemoryCacheStore, MemoryLogStore } from "./memory-stores.ts";

let made = 0;

/** Another id at each call, in the order of the calls. */
export function nextId(): Uuid {
  made += 1;
  const random = new Uint8Array(10);
  new DataView(random.buffer).setUint32(6, made);
  return uuidV7(Date.UTC(2026, 10, 23) + made, random);
}

/** A device that may be started again: its disk, and its place in time. */
export type Device = {
  readonly clock: HandClock;
  readonly store: MemoryLogStore;
  readonly cache: MemoryCacheStore;
  /** What the second copy was asked to hold, in order. */
  readonly mirrored: StoredEntry[];
};

export function newDevice(): Device {
  return { clock: new HandClock(), store: new MemoryLogStore(), cache: new MemoryCacheStore(), mirrored: [] };
}

export function logPorts(device: Device, other: Partial<EventLogPorts> = {}): EventLogPorts {
  const genesis = { terminal: TEST_TERMINAL, build: "test", key: "k", timeZone: "UTC", persisted: true };
  return {
    store: device.store,
    mirror: { write: async (entries) => void device.mirrored.push(...entries) },
    sha256,
    sign: (text) => keyedHash(text),
    newId: nextId,
    clock: device.clock,
    genesis: () => genesis,
    seen: () => ({}),
    onMirrorFailure: (error) => {
      throw error;
    },
    ...other,
  };
}

export type TestTerminal = Device & {
  readonly log: EventLog;
  readonly outbox: Outbox;
  readonly replica: Replica;
  readonly loop: SyncLoop;
  readonly faults: unknown[];
  readonly sell: (count?: number) => Promise<Uuid[]>;
  readonly status: () => Promise<SyncStatus>;
};

export type TestTerminalOptions = {
  readonly authority: Authority;
  readonly device?: Device;
  readonly wire?: Wire;
  readonly strays?: Strays;
  readonly ports?: Partial<SyncPorts>;
};

/** The whole sync engine of one terminal, on a disk in memory and a line into an authority in memory. */
export async function startTerminal({
  authority,
  wire,
  strays,
  ports,
  device = newDevice(),
}: TestTerminalOptions): Promise<TestTerminal> {
  const { clock, store, cache } = device;
  const faults: unknown[] = [];
  const replica = await Replica.load({ cache, decode: decodePlainChunk });
  const log = await EventLog.open(logPorts(device, { seen: () => replica.seen() }));
  const outbox = await Outbox.load(store, authority.verifyReceipt, strays);
  const loop = new SyncLoop({
    wire: wire ?? authority.wire,
    log,
    store,
    outbox,
    replica,
    clock,
    dice: () => 0.5,
    cache,
    sha256Bytes: sha256,
    onProgress: () => undefined,
    channels: ["m"],
    onChange: () => undefined,
    onServerTime: () => undefined,
    onFault: (error) => faults.push(error),
    ...ports,
  });
  const sell = async (count = 1): Promise<Uuid[]> => {
    const events: Uuid[] = [];
    for (let each = 0; each < count; each += 1) events.push(await appendSale(log));
    return events;
  };
  const status = (): Promise<SyncStatus> => syncStatus(outbox, loop.reach, loop.isBusy);
  return { ...device, log, outbox, replica, loop, faults, sell, status };
}

export async function appendSale(log: EventLog): Promise<Uuid> {
  return await log.append({
    build: (numbers) => {
      const number = numbers.next("T1");
      const event = saleEvent({ number: { series: "T1", number, stream: "AAAA" } });
      return { events: [event], value: event.event };
    },
  });
}

export function saleEvent(other: Partial<Sale> = {}): NewEvent & { readonly type: "sale-completed" } {
  const id = nextId();
  return { event: id, type: "sale-completed", body: { ...testSale(), sale: id, ...other } };
}

/** An authority that has one channel with a document in it. */
export function openAuthority(): Authority {
  const authority = new Authority();
  authority.put("m", "merchant", "shop", { name: "Shop" });
  return authority;
}
