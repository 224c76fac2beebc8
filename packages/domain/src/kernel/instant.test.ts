import { describe, expect, test } from "vitest";
import {
  addDays,
  businessDay,
  type Day,
  day,
  epochMs,
  type Instant,
  instant,
  isDay,
  isInstant,
  isWithin,
  localDay,
  offsetMinutes,
  weekday,
} from "./instant.ts";

const at = (text: string): Instant => text as Instant;

describe("a moment", () => {
  test.each([
    [0, 0, "1970-01-01T00:00:00.000+00:00"],
    [1_795_407_001_120, 120, "2026-11-23T06:10:01.120+02:00"],
    [951_782_400_000, 0, "2000-02-29T00:00:00.000+00:00"],
    [-1, 0, "1969-12-31T23:59:59.999+00:00"],
    [1_767_225_599_999, -210, "2025-12-31T20:29:59.999-03:30"],
    [4_102_444_800_000, 840, "2100-01-01T14:00:00.000+14:00"],
    [-62_167_219_200_000, 0, "0000-01-01T00:00:00.000+00:00"],
  ])("%d ms at %d minutes is shown as %s, and read back", (ms, offset, text) => {
    expect(instant(ms, offset)).toBe(text);
    expect(epochMs(at(text))).toBe(ms);
    expect(offsetMinutes(at(text))).toBe(offset);
  });

  test("the same moment on two clocks is one moment", () => {
    expect(epochMs(at("2026-11-23T06:10:00.000+02:00"))).toBe(epochMs(at("2026-11-23T04:10:00.000+00:00")));
  });

  test.each(["2026-11-23", "2026-11-23T06:10:00Z", "2026-11-23T06:10:00.000", "nonsense"])("%j is none", (text) => {
    expect(isInstant(text)).toBe(false);
    expect(() => epochMs(at(text))).toThrow("not an instant");
  });
});

describe("a day", () => {
  test("is read and refused", () => {
    expect(day("2026-11-23")).toBe("2026-11-23");
    expect(isDay("2026-11-23T00:00")).toBe(false);
    expect(() => day("23.11.2026")).toThrow("not a day");
  });

  test.each([
    ["2026-11-23", 1, "2026-11-24"],
    ["2026-12-31", 1, "2027-01-01"],
    ["2028-02-28", 1, "2028-02-29"],
    ["2026-03-01", -1, "2026-02-28"],
    ["2000-01-01", 36_525, "2100-01-01"],
  ])("%s and %d days is %s", (from, days, to) => {
    expect(addDays(from as Day, days)).toBe(to);
  });

  test.each([
    ["1970-01-01", 4],
    ["2026-11-22", 0],
    ["2026-11-23", 1],
    ["2026-11-28", 6],
    ["1960-02-29", 1],
  ])("%s is weekday %d", (text, number) => {
    expect(weekday(text as Day)).toBe(number);
  });
});

describe("the business day", () => {
  test.each([
    ["2026-11-24T01:30:00.000+01:00", 4, "2026-11-23"],
    ["2026-11-24T03:59:59.999+01:00", 4, "2026-11-23"],
    ["2026-11-24T04:00:00.000+01:00", 4, "2026-11-24"],
    ["2026-11-24T00:00:00.000+01:00", 0, "2026-11-24"],
    ["2027-01-01T00:10:00.000-05:00", 4, "2026-12-31"],
  ])("of %s, changing at %d, is %s", (moment, hour, expected) => {
    expect(businessDay(at(moment), hour)).toBe(expected);
  });

  test("follows the till's own clock when the night has 25 hours", () => {
    const before = at("2026-10-25T02:30:00.000+02:00");
    const after = at("2026-10-25T02:30:00.000+01:00");
    expect(epochMs(after) - epochMs(before)).toBe(3_600_000);
    expect([businessDay(before, 4), businessDay(after, 4)]).toEqual(["2026-10-24", "2026-10-24"]);
  });
});

describe("between two edges", () => {
  const noon = at("2026-11-23T12:00:00.000+02:00");

  test.each([
    [null, null, true],
    ["2026-11-23", null, true],
    ["2026-11-24", null, false],
    [null, "2026-11-24", true],
    [null, "2026-11-23", false],
    ["2026-11-23T10:00:00.000+00:00", null, true],
    ["2026-11-23T10:00:00.001+00:00", null, false],
    [null, "2026-11-23T10:00:00.000+00:00", false],
  ])("from %s to %s: %s", (from, to, expected) => {
    expect(isWithin(noon, from as Day | null, to as Day | null)).toBe(expected);
  });

  test("a day is the one that the moment's own clock shows", () => {
    expect(localDay(at("2026-11-23T23:30:00.000-05:00"))).toBe("2026-11-23");
  });
});
