import { type Uuid, uuidV7 } from "@holdfast/domain/kernel/id";
import type { Instant } from "@holdfast/domain/kernel/instant";
import { instant } from "@holdfast/domain/kernel/instant";
import { TEST_TERMINAL, testRules } from "@holdfast/domain/testing/build";
import { EventLog } from "@holdfast/sync/event-log";
import type { Clock } from "@holdfast/sync/ports";
import { MemoryLogStore } from "@holdfast/sync/testing/memory-stores";
import type { Shop } from "../shell/shop.ts";
import { randomBytes, sha256Hex } from "../store/web-crypto.ts";

export type TestClock = Clock & { readonly set: (at: Instant) => void; readonly advance: (ms: number) => void };

/** A clock that is set by hand, two hours ahead of UTC. */
export function testClock(at = "2026-11-23T09:00:00.000+02:00"): TestClock {
  let now = Date.parse(at);
  return {
    now: () => now,
    instant: () => instant(now, 120),
    after: () => () => undefined,
    set: (to) => {
      now = Date.parse(to);
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

export function newTestId(): Uuid {
  return uuidV7(Date.now(), randomBytes(10));
}

/** A log in memory that is written by the real code. */
export async function testLog(
  clock: Clock,
  store = new MemoryLogStore(),
): Promise<{ log: EventLog; store: MemoryLogStore }> {
  const log = await EventLog.open({
    store,
    mirror: { write: async () => undefined },
    sha256: sha256Hex,
    sign: async () => "A".repeat(86),
    newId: newTestId,
    clock,
    genesis: () => ({ terminal: TEST_TERMINAL, build: "test", key: "test", timeZone: "UTC", persisted: true }),
    seen: () => ({}),
    onMirrorFailure: (error) => {
      throw error;
    },
  });
  return { log, store };
}

/** As much of a shop as a till needs. */
export function testShop(other: Partial<Shop["branch"]> = {}): Shop {
  const branch = { dayChangeHour: 4, ...other };
  return { branch, rules: testRules() } as unknown as Shop;
}
