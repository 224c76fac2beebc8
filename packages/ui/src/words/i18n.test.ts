import { expect, test } from "vitest";
import { createWords } from "./i18n.ts";

const LANGUAGES = {
  en: { till: { pay: "Pay", sold: "Sold {{name}}" } },
  ar: { till: { pay: "ادفع" } },
};

test("words are there at once, in the first preferred language that exists", () => {
  const words = createWords("till", LANGUAGES, ["fr-FR", "ar-EG", "en"]);
  expect(words.t("pay" as never)).toBe("ادفع");
  expect(words.dir()).toBe("rtl");
});

test("English stands in for what a language lacks, and for a language that is not there", () => {
  expect(createWords("till", LANGUAGES, ["ar"]).t("sold" as never, { name: "R&B" } as never)).toBe("Sold R&B");
  expect(createWords("till", LANGUAGES, ["fr"]).t("pay" as never)).toBe("Pay");
});

test("the words of packages/ui are always among them", () => {
  expect(createWords("till", LANGUAGES, ["ar"]).t("ui:close" as never)).toBe("Close");
});
