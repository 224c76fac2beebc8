import { expect, test } from "vitest";
import { within } from "./within.ts";

test("what is done in time is handed on, and so is its own failure", async () => {
  await expect(within(5, "a thing", Promise.resolve(7))).resolves.toBe(7);
  await expect(within(5, "a thing", Promise.reject(new Error("it broke")))).rejects.toThrow("it broke");
});

test("what is never done fails with what was waited for, as it stood at the end", async () => {
  let left = 9;
  const waiting = within(0.02, () => `${left} are left`, new Promise(() => undefined));
  left = 4;
  await expect(waiting).rejects.toThrow("4 are left: not done within 1 s");
});
