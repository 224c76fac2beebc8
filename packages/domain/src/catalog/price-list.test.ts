import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Day, Instant } from "../kernel/instant.ts";
import { price, quantity } from "../testing/build.ts";
import { type Price, resolvePrice, resolvePriceFrom } from "./price-list.ts";

const AT = "2026-11-23T12:00:00.000+02:00" as Instant;
const listed = (text: string, other: Partial<Price> = {}): Price => ({
  price: price(text),
  from: null,
  to: null,
  minQuantity: 0,
  ...other,
});
const day = (text: string): Day => text as Day;
const shown = (found: Price | null): number | null =>
  found === null ? null : found.price.units / 10 ** found.price.scale;
const one = { at: AT, quantity: quantity("1") };

describe("the price of a variant", () => {
  test("is none where no list has one, or none holds", () => {
    expect(resolvePrice([], one)).toBeNull();
    expect(resolvePrice([listed("5", { from: day("2026-11-24") })], one)).toBeNull();
    expect(resolvePrice([listed("5", { to: day("2026-11-23") })], one)).toBeNull();
  });

  test("changes at local midnight, by the clock of the branch", () => {
    const prices = [listed("5", { to: day("2026-11-24") }), listed("6", { from: day("2026-11-24") })];
    const at = (text: string): number | null => shown(resolvePrice(prices, { ...one, at: text as Instant }));
    expect(at("2026-11-23T23:59:59.999-08:00")).toBe(5);
    expect(at("2026-11-24T00:00:00.000-08:00")).toBe(6);
  });

  test("changes at a moment, wherever that is", () => {
    const happyHour = listed("4", {
      from: "2026-11-23T10:00:00.000+00:00" as Instant,
      to: "2026-11-23T11:00:00.000+00:00" as Instant,
    });
    expect(shown(resolvePrice([listed("5"), happyHour], one))).toBe(4);
    expect(
      shown(resolvePrice([listed("5"), happyHour], { ...one, at: "2026-11-23T13:00:00.000+02:00" as Instant })),
    ).toBe(5);
  });

  test("is that of the largest quantity break that is reached", () => {
    const prices = [listed("5"), listed("4", { minQuantity: 10 }), listed("4.5", { minQuantity: 5 })];
    const of = (text: string): number | null => shown(resolvePrice(prices, { at: AT, quantity: quantity(text) }));
    expect([of("1"), of("4.999"), of("5"), of("9"), of("10"), of("-12")]).toEqual([5, 5, 4.5, 4.5, 4, 4]);
  });

  test("of a week lies over the one of the year", () => {
    const year = listed("5", { from: day("2026-01-01") });
    const week = listed("6", { from: day("2026-11-20"), to: day("2026-11-27") });
    expect(shown(resolvePrice([year, week], one))).toBe(6);
    expect(shown(resolvePrice([week, year], one))).toBe(6);
  });

  test("that began together is the one that ends first, then the lowest", () => {
    const long = listed("4", { from: day("2026-01-01") });
    const short = listed("5", { from: day("2026-01-01"), to: day("2026-12-31") });
    expect(shown(resolvePrice([long, short], one))).toBe(5);
    expect(shown(resolvePrice([listed("5"), listed("4.99")], one))).toBe(4.99);
    const per = { ...listed("0"), price: price("49", 12) };
    expect(resolvePrice([listed("4.09"), per], one)).toBe(per);
    expect(resolvePrice([listed("4.08"), per], one)).not.toBe(per);
  });

  test("does not depend on the order of the list", () => {
    const prices = [
      listed("5"),
      listed("4", { minQuantity: 2 }),
      listed("6", { from: day("2026-11-01") }),
      listed("6.5", { from: day("2026-11-01"), to: day("2027-01-01") }),
      listed("3", { from: day("2027-01-01") }),
    ];
    const expected = resolvePrice(prices, one);
    const anyOrder = fc.shuffledSubarray(prices, { minLength: prices.length });
    fc.assert(
      fc.property(anyOrder, (order) => {
        expect(resolvePrice(order, one)).toBe(expected);
      }),
    );
  });

  test("comes from the first list that has one: the customer's before the base", () => {
    const base = [listed("5")];
    expect(shown(resolvePriceFrom([[listed("4")], base], one))).toBe(4);
    expect(shown(resolvePriceFrom([[listed("4", { minQuantity: 5 })], base], one))).toBe(5);
    expect(resolvePriceFrom([], one)).toBeNull();
  });
});
