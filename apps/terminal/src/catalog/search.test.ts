import { describe, expect, test } from "vitest";
import { foldText } from "./fold.ts";
import { search } from "./search.ts";
import { makeWordIndex } from "./word-index.ts";

const GOODS = [
  "Sourdough loaf 750 g 1001 4012345000016",
  "Crème brûlée 1002",
  "Apple juice, cloudy 1 l 1003",
  "Pineapple ring 1004",
  "Juice press, apple 1005",
  "Straße Tee 1006",
  "כרם יין לבן 1007",
  "قهوة عربية 1008",
  "食パン 1009",
  "Smørrebrød 1010",
];
/** The same goods in one piece, or in two of five. */
const whole = [shelf(GOODS)];
const halves = [shelf(GOODS.slice(0, 5)), shelf(GOODS.slice(5))];

function shelf(goods: readonly string[], isCurrent: (row: number) => boolean = () => true) {
  return { words: makeWordIndex(goods), isCurrent, goods };
}

function found(query: string, max = 10): string[] {
  const names = search(whole, query, max).map(({ row }) => GOODS[row] ?? "");
  expect(search(halves, query, max).map((hit) => hit.shelf.goods[hit.row])).toEqual(names);
  return names;
}

describe("search", () => {
  test.each([
    ["creme", "Crème brûlée 1002"],
    ["BRULEE", "Crème brûlée 1002"],
    ["strasse", "Straße Tee 1006"],
    ["יין", "כרם יין לבן 1007"],
    ["قهوه", "قهوة عربية 1008"],
    ["قهوة", "قهوة عربية 1008"],
    ["パン", "食パン 1009"],
    ["smorre", "Smørrebrød 1010"],
    ["4012345", "Sourdough loaf 750 g 1001 4012345000016"],
    ["1004", "Pineapple ring 1004"],
  ])("%s", (query, first) => {
    expect(found(query)[0]).toBe(first);
  });

  test("every word must be there, in any order", () => {
    expect(found("juice apple")).toEqual(["Juice press, apple 1005", "Apple juice, cloudy 1 l 1003"].sort(byRow));
    expect(found("juice apple cloudy")).toEqual(["Apple juice, cloudy 1 l 1003"]);
    expect(found("juice banana")).toEqual([]);
  });

  test("what begins with the words comes first", () => {
    expect(found("apple j")[0]).toBe("Apple juice, cloudy 1 l 1003");
    expect(found("ap")).toEqual(["Apple juice, cloudy 1 l 1003", "Juice press, apple 1005"]);
  });

  test("the inside of a word counts when no word begins so", () => {
    expect(found("neapple")).toEqual(["Pineapple ring 1004"]);
  });

  test("a name that is what was typed stands before all that only begin so", () => {
    const goods = ["Cola light", "Colander", "Cola"];
    expect(search([shelf(goods)], "cola", 5).map(({ row }) => goods[row])).toEqual(["Cola", "Cola light", "Colander"]);
  });

  test.each([
    ["sourduogh", "Sourdough loaf 750 g 1001 4012345000016"],
    ["sourdogh loaf", "Sourdough loaf 750 g 1001 4012345000016"],
    ["piineapple", "Pineapple ring 1004"],
    ["pinxapple", "Pineapple ring 1004"],
    ["pinappel", undefined],
    ["xyz", undefined],
  ])("one slip of the fingers is forgiven: %s", (query, first) => {
    expect(found(query)[0]).toBe(first);
  });

  test("words that are still being made are left out, not waited for", () => {
    expect(search([{ words: null, isCurrent: () => true }], "cola", 5)).toEqual([]);
  });

  test("nothing is found by nothing", () => {
    expect([found(""), found("  ,. ")]).toEqual([[], []]);
  });

  test("no more than asked for, and no row that no longer holds", () => {
    expect(found("1", 3)).toHaveLength(3);
    const all = [shelf(GOODS, (row) => row !== 2)];
    expect(search(all, "apple", 10).map(({ row }) => row)).toEqual([4]);
  });
});

test("folding keeps the vowels of scripts that write them as marks", () => {
  expect(foldText("किताब")).not.toBe(foldText("कतब"));
  expect(foldText("กาแฟ")).toBe("กาแฟ");
});

function byRow(a: string, b: string): number {
  return GOODS.indexOf(a) - GOODS.indexOf(b);
}
