import { expect, test } from "vitest";
import { startProcess } from "./start-process.ts";

test("a process that ends before it tells where it listens is an error at once, not a wait", async () => {
  await expect(startProcess("server-process.ts", { flags: ["--eval", "process.exit(3)"] })).rejects.toThrow(
    "server-process.ts ended with 3 before it told where it listens",
  );
});

test("one that listens tells where, and ends when asked", async () => {
  const { ports, stop } = await startProcess("noop-process.ts");
  const answer = await fetch(`http://127.0.0.1:${ports.noop}`, { method: "POST", body: "[]" });
  expect(answer.status).toBe(200);
  await stop();
});
