import { expect, test } from "vitest";
import { openAuthority, startTerminal } from "./testing/test-terminal.ts";

const DAY_MS = 86_400_000;

async function soldAndConfirmed() {
  const authority = openAuthority();
  const terminal = await startTerminal({ authority });
  terminal.loop.wake();
  await terminal.sell(2);
  await terminal.clock.advance(1_000);
  const old = terminal.log.stream;
  await terminal.log.rotate();
  await terminal.clock.advance(1_000);
  /** Both clocks go on, with everything that happens meanwhile. */
  const wait = async (days: number): Promise<void> => {
    authority.nowMs += days * DAY_MS;
    terminal.clock.jump(days * DAY_MS);
    await terminal.clock.advance(2 * 3_600_000);
  };
  const streams = async (): Promise<string[]> => (await terminal.store.read()).streams.map(({ stream }) => stream);
  return { authority, terminal, old, wait, streams };
}

// INV-07: only the server's signed word, and only after 35 days.
test("a stream is kept for five weeks after the server signed for it, then forgotten whole", async () => {
  const { terminal, old, wait, streams } = await soldAndConfirmed();
  await wait(34);
  expect(await streams()).toContain(old);
  await wait(2);
  expect(await streams()).toEqual([terminal.log.stream]);
  expect(await terminal.store.entries(old, 0, 10)).toEqual([]);
  expect(terminal.outbox.unsentCount).toBe(0);
});

test("a terminal's own clock, years ahead, makes it forget nothing", async () => {
  const { terminal, old, streams } = await soldAndConfirmed();
  terminal.clock.jump(4_000 * DAY_MS);
  await terminal.clock.advance(2 * 3_600_000);
  expect(await streams()).toContain(old);
});

test("what the server has just lost is not forgotten but brought again", async () => {
  const { authority, terminal, old, wait, streams } = await soldAndConfirmed();
  authority.forget(old as Parameters<typeof authority.forget>[0], 0, "o2");
  await wait(40);
  expect(await streams()).toContain(old);
  expect([...authority.held.values()].filter(({ stream }) => stream === old)).toHaveLength(3);
  expect(terminal.outbox.unsentCount).toBe(0);
  await wait(34);
  expect(await streams()).toContain(old);
  await wait(2);
  expect(await streams()).not.toContain(old);
});

test("what has not been sent is never forgotten", async () => {
  const { authority, terminal, wait, streams } = await soldAndConfirmed();
  authority.before = (call) => {
    if (call === "push") throw new Error("not now");
  };
  await terminal.sell();
  const unsent = terminal.log.stream;
  await terminal.log.rotate();
  await wait(400);
  expect(await streams()).toContain(unsent);
  expect(terminal.outbox.unsentCount).toBe(2);
});

// INV-12: what a courier made up permits nothing.
test("a receipt in the database that the server did not sign does not let a stream go", async () => {
  const { terminal, old, wait, streams } = await soldAndConfirmed();
  const state = (await terminal.store.read()).streams.find(({ stream }) => stream === old);
  if (state?.receipt == null) throw new Error("the stream is confirmed");
  terminal.loop.stop();
  await terminal.store.saveReceipts([{ ...state.receipt, at: "2020-01-01T00:00:00.000Z" }]);
  const { authority } = await soldAndConfirmed();
  const restarted = await startTerminal({ authority, device: terminal });
  restarted.loop.wake();
  await wait(1);
  expect(await streams()).toContain(old);
});
