import { describe, expect, test } from "vitest";
import type { Transport } from "../printer/transport.ts";
import { readWeight } from "./read-weight.ts";
import { serialScale } from "./real.ts";

describe("a line of a scale", () => {
  test.each([
    ["ST,GS,+  1.234kg", { units: 1_234, scale: 3, unit: "kg" }],
    ["ST,NT,+00250 g", { units: 250, scale: 0, unit: "g" }],
    ["\u000200.450", { units: 450, scale: 3, unit: "kg" }],
    ["ST,GS, 0.75 lb", { units: 750, scale: 3, unit: "lb" }],
  ])("%s is a weight", (line, weight) => {
    expect(readWeight(line)).toEqual({ kind: "weight", weight });
  });

  test.each([
    ["US,GS,+  1.234kg", "unstable"],
    ["ST,GS,-  0.020kg", "unstable"],
    ["OL,GS,+ 99.999kg".slice(0, 5), "overload"],
    ["?\u0001", "unstable"],
    ["?B", "overload"],
  ])("%s is none that may be sold by", (line, fault) => {
    expect(readWeight(line)).toMatchObject({ kind: "fault", fault });
  });

  test("anything else is left alone", () => {
    expect(readWeight("READY")).toBeNull();
    expect(readWeight("")).toBeNull();
  });
});

describe("a scale on a serial line", () => {
  function line(parts: readonly string[]): Transport {
    const waiting = [...parts];
    return {
      write: async () => undefined,
      read: async () => {
        const next = waiting.shift();
        return next === undefined ? null : new TextEncoder().encode(next);
      },
    };
  }

  test("waits until the pan rests, though lines come in pieces", async () => {
    const scale = serialScale(async () => line(["US,GS,+ 1.1", "99kg\r\nST,GS,+ 1.2", "50kg\r\n"]));
    expect(await scale.weigh()).toEqual({ kind: "weight", weight: { units: 1_250, scale: 3, unit: "kg" } });
  });

  test("says what is wrong instead of a weight", async () => {
    expect(await serialScale(async () => null).weigh()).toEqual({ kind: "fault", fault: "unplugged" });
    expect(await serialScale(async () => line([])).weigh()).toEqual({ kind: "fault", fault: "no-answer" });
  });
});
