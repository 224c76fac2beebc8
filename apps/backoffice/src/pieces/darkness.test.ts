import { expect, test } from "vitest";
import { type DarkTerminal, darknessByBranch } from "./darkness.ts";

function dark(name: string, facts: Partial<DarkTerminal> = {}): DarkTerminal {
  return { terminal: name, name, branch: "b1", lastSeenAt: "2026-03-01T14:05:00.000Z", unsent: 0, ...facts };
}

test("terminals of a branch are dark together, since the first of them fell silent", () => {
  const found = darknessByBranch([
    dark("T1", { lastSeenAt: "2026-03-01T14:20:00.000Z", unsent: 30 }),
    dark("T2", { unsent: 7 }),
    dark("T3", { branch: "b2", unsent: null }),
  ]);
  expect(found).toEqual([
    { branch: "b1", names: ["T1", "T2"], since: "2026-03-01T14:05:00.000Z", unsent: 37 },
    { branch: "b2", names: ["T3"], since: "2026-03-01T14:05:00.000Z", unsent: null },
  ]);
});

test("one that was never heard of has no time to be dark since", () => {
  expect(darknessByBranch([dark("T1"), dark("T2", { lastSeenAt: null })])).toMatchObject([{ since: null, unsent: 0 }]);
});

test("when all are there, nothing is dark", () => {
  expect(darknessByBranch([])).toEqual([]);
});
