import fc from "fast-check";
import { expect, test } from "vitest";
import { firstFrom, indexAt, joinTexts, openTexts, textAt } from "./texts.ts";

const anyTexts = fc.array(
  fc.string({ maxLength: 12 }).map((text) => text.replaceAll("\n", " ")),
  { minLength: 1, maxLength: 40 },
);

test("many texts in one come out as they went in", () => {
  fc.assert(
    fc.property(anyTexts, (texts) => {
      const joined = joinTexts(texts);
      expect(joined).not.toBeNull();
      const opened = openTexts(joined ?? "", texts.length);
      expect(texts.map((_, index) => textAt(opened, index))).toEqual(texts);
    }),
  );
});

test("a text that would be taken for two is not joined, nor is anything that is no text", () => {
  expect(joinTexts(["tea", "mil\nk"])).toBeNull();
  expect(joinTexts(["tea", 7])).toBeNull();
  expect(joinTexts(["tea", null])).toBeNull();
  expect(joinTexts(["tea", undefined])).toBeNull();
});

test("a text that has more or fewer parts than it should is not opened", () => {
  expect(() => openTexts("tea\nmilk", 1)).toThrow("as many texts as there should be");
  expect(() => openTexts("tea\nmilk", 3)).toThrow("as many texts as there should be");
});

test("empty texts are texts", () => {
  const opened = openTexts(joinTexts(["", "", "x", ""]) ?? "", 4);
  expect([0, 1, 2, 3].map((index) => textAt(opened, index))).toEqual(["", "", "x", ""]);
});

test("among sorted texts the first that is not before a wanted one is found, as by looking at each", () => {
  fc.assert(
    fc.property(anyTexts, fc.string({ maxLength: 6 }), (unsorted, wanted) => {
      const texts = [...unsorted].sort();
      const opened = openTexts(joinTexts(texts) ?? "", texts.length);
      const byLooking = texts.findIndex((text) => text >= wanted);
      expect(firstFrom(opened, wanted)).toBe(byLooking < 0 ? texts.length : byLooking);
    }),
  );
});

test("every place in all of them belongs to one text", () => {
  fc.assert(
    fc.property(anyTexts, (texts) => {
      const joined = joinTexts(texts) ?? "";
      const opened = openTexts(joined, texts.length);
      let start = 0;
      for (const [index, text] of texts.entries()) {
        for (let place = start; place < start + text.length; place += 1) expect(indexAt(opened, place)).toBe(index);
        start += text.length + 1;
      }
    }),
  );
});
