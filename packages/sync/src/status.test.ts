import { expect, test } from "vitest";
import { EventLog } from "./event-log.ts";
import { Outbox } from "./outbox.ts";
import { syncStatus } from "./status.ts";
import type { Reach } from "./sync-loop.ts";
import { Authority } from "./testing/authority.ts";
import { appendSale, logPorts, newDevice } from "./testing/test-terminal.ts";

async function outboxWith(sales: number): Promise<{ outbox: Outbox; at: string }> {
  const device = newDevice();
  const log = await EventLog.open(logPorts(device));
  for (let sale = 0; sale < sales; sale += 1) await appendSale(log);
  return { outbox: await Outbox.load(device.store, new Authority().verifyReceipt), at: device.clock.instant() };
}

const ONLINE: Reach = { kind: "online", answeredAt: 7 };

// INV-15: never green while something is unsent.
test("what is unsent keeps the light from being green, whatever the server last said", async () => {
  const { outbox, at } = await outboxWith(2);
  expect(await syncStatus(outbox, ONLINE, true)).toEqual({
    reach: "online",
    sending: true,
    unsentCount: 3,
    oldestUnsentAt: at,
    attentionCount: 0,
    answeredAt: 7,
    green: false,
  });
});

test.each<Reach>([
  { kind: "unknown" },
  { kind: "unreachable", message: "" },
  { kind: "not-ours", message: "" },
  { kind: "server", message: "" },
  { kind: "signed-out", message: "" },
  { kind: "update-needed", message: "" },
])("$kind is not green although nothing is unsent", async (reach) => {
  const empty = await Outbox.load(newDevice().store, async () => false);
  expect(await syncStatus(empty, reach, false)).toMatchObject({ green: false, unsentCount: 0, answeredAt: null });
  expect(await syncStatus(empty, ONLINE, false)).toMatchObject({ green: true, oldestUnsentAt: null });
});

test("nothing is being sent when there is nothing to send", async () => {
  const empty = await Outbox.load(newDevice().store, async () => false);
  expect(await syncStatus(empty, ONLINE, true)).toMatchObject({ sending: false });
});
