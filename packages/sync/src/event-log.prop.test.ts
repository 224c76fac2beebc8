import { entrySchema } from "@holdfast/protocol/entry";
import fc from "fast-check";
import { expect, test } from "vitest";
import { EventLog } from "./event-log.ts";
import type { AppendChange, StoredEntry } from "./ports.ts";
import { sha256 } from "./testing/authority.ts";
import { appendSale, logPorts, newDevice } from "./testing/test-terminal.ts";

const anyStep = fc.constantFrom("sell", "sell-at-once", "restart", "rotate", "fail-before", "fail-after", "old-window");

test("whatever happens while sales are written, chains are whole and numbers are unique", {
  timeout: 120_000,
}, async () => {
  const property = fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), async (steps) => {
    const device = newDevice();
    const { append } = device.store;
    let fault: "before" | "after" | null = null;
    device.store.append = async (change: AppendChange): Promise<boolean> => {
      const now = fault;
      fault = null;
      if (now === "before") throw new Error("the disk says no");
      const done = await append(change);
      // Committed, and the answer was lost: as when the browser dies between the two.
      if (now === "after") throw new Error("the disk said nothing");
      return done;
    };
    const logs = [await EventLog.open(logPorts(device))];
    const current = (): EventLog => logs.at(-1) as EventLog;
    let paid = 0;
    const sell = (log: EventLog): Promise<void> =>
      appendSale(log).then(
        () => {
          paid += 1;
        },
        () => undefined,
      );
    for (const step of steps) {
      if (step === "fail-before" || step === "fail-after") fault = step === "fail-before" ? "before" : "after";
      else if (step === "sell") await sell(current());
      else if (step === "sell-at-once") await Promise.all([sell(current()), sell(current()), sell(current())]);
      else if (step === "rotate")
        await current()
          .rotate()
          .catch(() => undefined);
      else if (step === "old-window") await sell(logs[0] as EventLog);
      else {
        fault = null;
        logs.push(await EventLog.open(logPorts(device)));
      }
    }
    const sales = await salesInWholeChains(device.store);
    expect(sales.length).toBeGreaterThanOrEqual(paid);
    expect(new Set(sales.map(({ number }) => number)).size).toBe(sales.length);
    expect(new Set(sales.map(({ event }) => event)).size).toBe(sales.length);
  });
  await fc.assert(property, { numRuns: 300 });
});

async function salesInWholeChains(
  store: ReturnType<typeof newDevice>["store"],
): Promise<{ event: string; number: number }[]> {
  const sales: { event: string; number: number }[] = [];
  const { streams } = await store.read();
  for (const { stream, tip } of streams) {
    const entries: StoredEntry[] = await store.entries(stream, 0, Number.MAX_SAFE_INTEGER);
    expect(entries.at(-1)?.hash).toBe(tip.hash);
    let prev = "";
    for (const [seq, { raw, hash, event, type }] of entries.entries()) {
      const entry = entrySchema.parse(JSON.parse(raw));
      expect(entry).toMatchObject({ stream, seq, prev });
      expect(sha256(raw)).toBe(hash);
      prev = hash;
      if (type === "sale-completed")
        sales.push({ event, number: (entry.body as { number: { number: number } }).number.number });
    }
  }
  return sales;
}
