import { describe, expect, test } from "vitest";
import type { Day } from "../kernel/instant.ts";
import { amount } from "../money/amount.ts";
import { fixedTax, percentTax, price } from "../testing/build.ts";
import { computeTaxes, type TaxRules } from "./compute-tax.ts";
import { replaceTaxes, type TaxDefinition, type TaxReplacement, taxesOn, taxOn, taxRegimeOf } from "./definition.ts";
import { repriced } from "./reprice.ts";
import { sameTaxes, type Tax, type TaxId } from "./tax.ts";

const day = (text: string): Day => text as Day;
const id = (text: string): TaxId => text as TaxId;
const percent = (ratePpm: number) => ({ kind: "percent" as const, ratePpm });

const VAT: TaxDefinition = {
  tax: id("vat"),
  name: "VAT",
  category: "S",
  jurisdiction: "DE",
  compound: false,
  onPrevious: false,
  rates: [
    { from: day("2007-01-01"), to: day("2020-07-01"), rate: percent(190_000) },
    { from: day("2020-07-01"), to: day("2021-01-01"), rate: percent(160_000) },
    { from: day("2021-01-01"), to: null, rate: percent(190_000) },
  ],
};

describe("a dated tax", () => {
  test.each([
    ["2006-12-31", null],
    ["2007-01-01", 190_000],
    ["2020-06-30", 190_000],
    ["2020-07-01", 160_000],
    ["2020-12-31", 160_000],
    ["2021-01-01", 190_000],
    ["2099-01-01", 190_000],
  ])("on %s has the rate of that day", (on, ratePpm) => {
    expect(taxOn(VAT, day(on))).toEqual(
      ratePpm === null ? null : expect.objectContaining({ ratePpm, kind: "percent" }),
    );
  });

  test("of overlapping rates the one that began last counts: a holiday lies over the rule", () => {
    const holiday = { from: day("2026-08-01"), to: day("2026-08-08"), rate: percent(0) };
    const always = { from: day("2000-01-01"), to: null, rate: percent(60_000) };
    for (const rates of [
      [always, holiday],
      [holiday, always],
    ]) {
      const state = { ...VAT, rates };
      expect(taxOn(state, day("2026-08-03"))).toMatchObject({ ratePpm: 0 });
      expect(taxOn(state, day("2026-08-08"))).toMatchObject({ ratePpm: 60_000 });
    }
  });

  test("is in the price as the price list says, unless the law says otherwise", () => {
    expect(taxOn(VAT, day("2026-01-01"), true)?.included).toBe(true);
    expect(taxOn(VAT, day("2026-01-01"))?.included).toBe(false);
    expect(taxOn({ ...VAT, included: true }, day("2026-01-01"), false)?.included).toBe(true);
  });

  test("carries no dates into the sale", () => {
    expect(Object.keys(taxOn(VAT, day("2026-01-01")) as Tax)).not.toContain("rates");
  });

  test("a cart gets those that apply today", () => {
    const later = { ...VAT, tax: id("later"), rates: [{ from: day("2030-01-01"), to: null, rate: percent(1) }] };
    expect(Object.keys(taxesOn([VAT, later], day("2026-01-01"), true))).toEqual(["vat"]);
  });
});

describe("replacing taxes", () => {
  const replacement = { vat: [id("free")], eco: [] } as unknown as TaxReplacement;

  test("swaps what is named, drops what has nothing in its place, keeps the rest", () => {
    expect(replaceTaxes([id("vat"), id("eco"), id("city")], replacement)).toEqual(["free", "city"]);
  });

  test("lists nothing twice", () => {
    expect(replaceTaxes([id("vat"), id("free")], replacement)).toEqual(["free"]);
  });
});

test("countries price and round as their shops do", () => {
  expect(taxRegimeOf("US")).toEqual({ pricesIncludeTax: false, taxRounding: "document" });
  expect(taxRegimeOf("CA").pricesIncludeTax).toBe(false);
  expect(taxRegimeOf("DE")).toEqual({ pricesIncludeTax: true, taxRounding: "document" });
  expect(taxRegimeOf("NO").taxRounding).toBe("line");
});

const TWELVE = { units: 1200, scale: 2, per: 1 };

describe("a price whose taxes change while its net stays", () => {
  const vat = percentTax("vat", "20");
  const reduced = percentTax("reduced", "5");
  const onTop = percentTax("state", "8.875", { included: false });

  test("loses the tax that was in it", () => {
    expect(repriced(TWELVE, { from: [vat], to: [] })).toEqual({ units: 1000, scale: 2, per: 1 });
    expect(repriced(price("9.99"), { from: [vat], to: [] })).toEqual({ units: 8325, scale: 3, per: 1 });
  });

  test("keeps digits enough for its multiples", () => {
    expect(repriced(price("9.99"), { from: [percentTax("vat", "19")], to: [] })).toEqual({
      units: 8_394_958,
      scale: 6,
      per: 1,
    });
  });

  test("takes in what is in the price instead", () => {
    expect(repriced(TWELVE, { from: [vat], to: [reduced] })).toEqual({ units: 1050, scale: 2, per: 1 });
  });

  test("stays where its taxes come on top", () => {
    expect(repriced(TWELVE, { from: [onTop], to: [] })).toEqual({ units: 1200, scale: 2, per: 1 });
    expect(repriced(TWELVE, { from: [vat], to: [onTop] })).toEqual({ units: 1000, scale: 2, per: 1 });
  });

  test("of a hundred pieces loses the fee of a hundred pieces", () => {
    const fee = fixedTax("bottle", "0.25", { included: true });
    expect(repriced({ units: 12_500, scale: 2, per: 100 }, { from: [fee], to: [] })).toEqual({
      units: 10_000,
      scale: 2,
      per: 100,
    });
  });

  test("never has more digits than a decimal holds", () => {
    expect(repriced({ units: 100_000_000, scale: 8, per: 1 }, { from: [percentTax("a", "7")], to: [] }).scale).toBe(9);
  });
});

describe("the same list of taxes", () => {
  const a = percentTax("a", "20");
  const fee = fixedTax("fee", "0.25");

  test.each<[string, readonly Tax[], readonly Tax[], boolean]>([
    ["itself", [a], [a], true],
    ["a copy", [a, fee], [{ ...a }, { ...fee }], true],
    ["another order", [a, fee], [fee, a], false],
    ["one more", [a], [a, fee], false],
    ["another rate", [a], [percentTax("a", "19")], false],
    ["another fee", [fee], [fixedTax("fee", "0.15")], false],
    ["a fee of another scale", [fee], [{ ...fee, perUnit: { units: 25, scale: 1 } } as Tax], false],
    ["a fee in place of a percentage", [a], [fixedTax("a", "0.25", { included: true })], false],
    ["a percentage in place of a fee", [fixedTax("a", "0.25", { included: true })], [a], false],
    ["on top instead", [a], [{ ...a, included: false }], false],
    ["compound instead", [a], [{ ...a, compound: true }], false],
    ["on the ones before instead", [a], [{ ...a, onPrevious: true }], false],
    ["another name", [a], [percentTax("b", "20")], false],
  ])("compared with %s", (_what, one, other, expected) => {
    expect(sameTaxes(one, other)).toBe(expected);
  });
});

describe("one rounding for a document", () => {
  const rules: TaxRules = { exponent: 2, scope: "document", rounding: "half-away" };
  const v15 = percentTax("v15", "15");
  const line = (minor: number, taxes: readonly Tax[] = [v15], units = 1) => ({
    amount: amount(minor),
    quantity: { units, scale: 0 },
    taxes,
  });

  test("32.80 + 25.80 + 27.80 at 15 % are 11.27, and 11.28 by line", () => {
    const lines = [line(3280), line(2580), line(2780)];
    const taxOf = (scope: TaxRules["scope"]): number[] =>
      computeTaxes(lines, { ...rules, scope }).map(({ taxes }) => taxes[0]?.amount ?? 0);
    expect(taxOf("document").reduce((a, b) => a + b)).toBe(1127);
    expect(taxOf("line")).toEqual([428, 337, 363]);
  });

  test("returned goods are rounded by themselves, so that they mirror their sale", () => {
    const taxed = computeTaxes([line(3280), line(-3280)], rules);
    expect(taxed.map(({ exTax }) => exTax)).toEqual([2852, -2852]);
  });

  test("a free piece that comes back gives its fee back", () => {
    const fee = fixedTax("bottle", "0.25");
    const taxed = computeTaxes([line(0, [fee]), line(0, [fee], -1)], rules);
    expect(taxed.map(({ incTax }) => incTax)).toEqual([25, -25]);
  });

  test("fees are shared by pieces, whatever the scale of their quantities", () => {
    const fee = fixedTax("eco", "0.333");
    const kilos = { amount: amount(100), quantity: { units: 1500, scale: 3 }, taxes: [fee] };
    const taxed = computeTaxes([line(100, [fee], 3), kilos], rules);
    expect(taxed.map(({ taxes }) => taxes[0]?.amount)).toEqual([100, 50]);
  });

  test("a fee of nothing is shared out without dividing by nothing", () => {
    const nothing = fixedTax("eco", "0");
    const taxed = computeTaxes([line(100, [nothing]), line(50, [nothing])], rules);
    expect(taxed.map(({ incTax }) => incTax)).toEqual([100, 50]);
  });

  test("goods without any tax pay none", () => {
    expect(computeTaxes([line(100, []), line(50, [])], rules).map(({ exTax, incTax }) => [exTax, incTax])).toEqual([
      [100, 100],
      [50, 50],
    ]);
  });
});
