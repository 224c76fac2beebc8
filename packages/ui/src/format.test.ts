import { describe, expect, test } from "vitest";
import { createFormats } from "./format.ts";

const EUR = { currency: "EUR", exponent: 2 };
const JPY = { currency: "JPY", exponent: 0 };
const KWD = { currency: "KWD", exponent: 3 };
const english = createFormats({ locale: "en-GB", timeZone: "Europe/Vienna" });
const german = createFormats({ locale: "de-AT", timeZone: "Europe/Vienna" });

/** Intl uses spaces that do not break, of two kinds. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");

describe("money", () => {
  test("is exact where a float would not be", () => {
    expect(english.money(900_719_925_474_099_1, EUR)).toBe("€90,071,992,547,409.91");
    expect(english.money(-5, EUR)).toBe("-€0.05");
  });

  test("has as many digits as its currency", () => {
    expect(english.money(1234, JPY)).toBe("JP¥1,234");
    expect(plain(english.money(1_234_567, KWD))).toBe("KWD 1,234.567");
  });

  test("is written as its reader writes it", () => {
    expect(plain(german.money(123_450, EUR))).toBe("€ 1.234,50");
    expect(plain(german.amount(123_450, EUR))).toBe("1 234,50");
  });

  test("a unit price keeps digits beyond the currency's", () => {
    expect(english.price({ units: 575, scale: 3 }, EUR)).toBe("€0.575");
    expect(english.price({ units: 12, scale: 0 }, EUR)).toBe("€12.00");
  });
});

describe("quantity", () => {
  test("pieces stand alone, measures carry their unit and all their digits", () => {
    expect(english.quantity({ units: 3, scale: 0, unit: "each" })).toBe("3");
    expect(plain(english.quantity({ units: 1250, scale: 3, unit: "kg" }))).toBe("1.250 kg");
    expect(english.quantity({ units: -2, scale: 0, unit: "crate" })).toBe("-2 crate");
  });
});

describe("time", () => {
  test("is shown in the branch's zone, or the one named", () => {
    expect(english.time("2026-11-23T23:30:00.000Z")).toBe("00:30");
    expect(english.time("2026-11-23T23:30:00.000Z", "America/New_York")).toBe("18:30");
    expect(english.dateTime("2026-11-23T23:30:00.000Z")).toBe("24 Nov 2026, 00:30");
  });

  test("a calendar day is the same day everywhere", () => {
    const pacific = createFormats({ locale: "en-GB", timeZone: "Pacific/Kiritimati" });
    expect(pacific.day("2026-11-23")).toBe("23 Nov 2026");
    expect(pacific.day("2026-11-23", "weekday")).toBe("Mon 23");
  });

  test("an age is told in its largest whole unit", () => {
    const now = Date.parse("2026-11-23T12:00:00.000Z");
    expect(english.age("2026-11-23T11:59:30.000Z", now)).toBe("now");
    expect(english.age("2026-11-23T11:57:01.000Z", now)).toBe("2 minutes ago");
    expect(english.age("2026-11-21T11:00:00.000Z", now)).toBe("2 days ago");
    expect(english.age("2026-11-23T13:30:00.000Z", now)).toBe("in 1 hour");
  });
});

test("numbers and parts", () => {
  expect(german.number(1234.5)).toBe(plain("1 234,5").replace(" ", "\u00a0"));
  expect(plain(german.percent(0.125))).toBe("12,5 %");
});
