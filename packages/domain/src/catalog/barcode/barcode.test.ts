import { describe, expect, test } from "vitest";
import { formatOf, identifierAt } from "./application-identifier.ts";
import { fieldCheckDigit, gs1CheckDigit, hasValidCheckDigit } from "./check-digit.ts";
import { parseDigitalLink } from "./digital-link.ts";
import {
  checkElement,
  elementDay,
  elementDecimal,
  GROUP_SEPARATOR,
  parseBracketed,
  parseElements,
} from "./element-string.ts";
import { expandUpcE, hasGtinShape, parseGtin } from "./gtin.ts";
import { isLabelPattern, labelRulesOf, readLabel } from "./label-rule.ts";
import { resolveScan, SCAN_LENGTH_MAX, type ScanRules } from "./scan.ts";

describe("check digits", () => {
  test("find every single wrong digit", () => {
    const code = "4006381333931";
    expect(hasValidCheckDigit(code)).toBe(true);
    for (let place = 0; place < code.length; place += 1) {
      for (let digit = 0; digit <= 9; digit += 1) {
        const wrong = `${code.slice(0, place)}${digit}${code.slice(place + 1)}`;
        expect(hasValidCheckDigit(wrong)).toBe(wrong === code);
      }
    }
  });

  test("of SSCC and GLN are made the same way", () => {
    expect(gs1CheckDigit("00614141123456789")).toBe(0);
    expect(gs1CheckDigit("950600013435")).toBe(2);
  });

  test("of a label's value exist for four and five digits only", () => {
    expect([
      fieldCheckDigit("2875"),
      fieldCheckDigit("14685"),
      fieldCheckDigit("0000"),
      fieldCheckDigit("00000"),
    ]).toEqual([9, 6, 0, 0]);
    expect(fieldCheckDigit("123")).toBeNull();
  });
});

describe("GTINs", () => {
  test("of every length are kept as 14 digits", () => {
    expect(parseGtin("96385074")).toBe("00000096385074");
    expect(parseGtin("036000291452")).toBe("00036000291452");
    expect(parseGtin("4006381333931")).toBe("04006381333931");
    expect(parseGtin("14006381333938")).toBe("14006381333938");
  });

  test.each(["", "4006381333930", "400638133393", "40063813339310", "400638133393X", " 4006381333931"])(
    "%j is none",
    (text) => {
      expect(parseGtin(text)).toBeNull();
    },
  );

  test("have a shape even where they are wrong", () => {
    expect([hasGtinShape("4006381333930"), hasGtinShape("123456789"), hasGtinShape("40063813339AB")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test.each([
    ["0", "012", "00000", "345"],
    ["1", "012", "10000", "345"],
    ["2", "012", "20000", "345"],
    ["3", "0123", "00000", "45"],
    ["4", "01234", "00000", "5"],
    ["5", "012345", "0000", "5"],
    ["9", "012345", "0000", "9"],
  ])("a UPC-E that ends in %s has its zeros in one place", (last, head, zeros, tail) => {
    const payload = head + zeros + tail;
    const check = gs1CheckDigit(payload);
    expect(expandUpcE(`012345${last}${check}`)).toBe(`${payload}${check}`);
    expect(expandUpcE(`012345${last}${(check + 1) % 10}`)).toBeNull();
  });

  test.each(["21234505", "0123450", "0123450X"])("%s is no UPC-E", (text) => {
    expect(expandUpcE(text)).toBeNull();
  });
});

describe("labels of a scale", () => {
  test("are read by the branch's own rules", () => {
    const rules = [{ pattern: "21IIIIIVVVVV", kind: "weight" as const, decimals: 3 }];
    const payload = "210123401250";
    const code = payload + gs1CheckDigit(payload);
    const label = readLabel(code, rules);
    expect(label).toEqual({
      ok: true,
      value: { key: `210123400000${gs1CheckDigit("210123400000")}`, kind: "weight", value: { units: 1250, scale: 3 } },
    });
  });

  test("with a wrong value check digit are refused, since the price would be wrong", () => {
    const payload = "281111206870";
    expect(readLabel(payload + gs1CheckDigit(payload), labelRulesOf("DE"))).toEqual({
      ok: false,
      refusal: "value-check-digit",
    });
  });

  test("are none without a rule, of another length, or with a wrong check digit", () => {
    expect(readLabel("2088060112343", [])).toBeNull();
    expect(readLabel("2088060112344", labelRulesOf("SE"))).toBeNull();
    expect(readLabel("96385074", labelRulesOf("SE"))).toBeNull();
    expect(labelRulesOf("BR")).toEqual([]);
  });

  test("of North America are UPC-A with a leading 2", () => {
    const payload = "20123459".padEnd(8, "0").slice(0, 6);
    const value = "1234";
    const digits = `${payload}${fieldCheckDigit(value)}${value}`;
    const code = `0${digits}${gs1CheckDigit(`0${digits}`)}`;
    expect(readLabel(code, labelRulesOf("US"))).toMatchObject({
      ok: true,
      value: { kind: "price", value: { units: 1234, scale: 2 } },
    });
  });

  test("have patterns of twelve signs: a prefix, the item, perhaps a check digit, the value", () => {
    expect(["20IIIIIIVVVV", "28IIIICVVVVV", "02IIIIICVVVV"].every(isLabelPattern)).toBe(true);
    for (const country of ["SE", "NO", "FI", "EE", "LV", "LT", "DK", "DE", "GB", "US", "CA"]) {
      expect(labelRulesOf(country).every((rule) => isLabelPattern(rule.pattern))).toBe(true);
    }
    expect(["20IIIIIIVVV", "IIIIIIIIVVVV", "20VVVVIIIIII", "20IIIIIIVVVX"].some(isLabelPattern)).toBe(false);
  });
});

describe("element strings", () => {
  test("end their elements at the separator where the length is not fixed", () => {
    const data = `010950110153000310ABC${GROUP_SEPARATOR}17261231`;
    expect(parseElements(data)).toEqual({
      ok: true,
      value: [
        ["01", "09501101530003"],
        ["10", "ABC"],
        ["17", "261231"],
      ],
    });
  });

  test("may have separators too many", () => {
    const data = `${GROUP_SEPARATOR}0109501101530003${GROUP_SEPARATOR}17261231${GROUP_SEPARATOR}`;
    expect(parseElements(data)).toMatchObject({
      ok: true,
      value: [
        ["01", "09501101530003"],
        ["17", "261231"],
      ],
    });
  });

  test("keep the GTIN when something unknown follows, and are refused without one", () => {
    expect(parseElements("010950110153000388XYZ")).toEqual({ ok: true, value: [["01", "09501101530003"]] });
    expect(parseElements("88XYZ")).toEqual({ ok: false, refusal: { kind: "unknown-identifier", at: 0 } });
  });

  test("are refused where the GTIN is misread, cut off, or not a number", () => {
    expect(parseElements("0109501101530004")).toEqual({
      ok: false,
      refusal: { kind: "check-digit", identifier: "01" },
    });
    expect(parseElements("01095011015300")).toEqual({ ok: false, refusal: { kind: "malformed", identifier: "01" } });
    expect(parseElements("17ABCDEF")).toEqual({ ok: false, refusal: { kind: "malformed", identifier: "17" } });
    expect(parseElements(`10${"A".repeat(21)}`)).toEqual({
      ok: false,
      refusal: { kind: "malformed", identifier: "10" },
    });
    expect(parseElements("10\u0007bell")).toMatchObject({ ok: false, refusal: { kind: "malformed" } });
  });

  test("are read from the text below the symbol", () => {
    expect(parseBracketed("(01)09501101530003(3103)000500")).toMatchObject({ ok: true });
    expect(parseBracketed("(01)0950110153000")).toMatchObject({ ok: false, refusal: { kind: "malformed" } });
    expect(parseBracketed("01)09501101530003")).toMatchObject({
      ok: false,
      refusal: { kind: "unknown-identifier", at: 0 },
    });
    expect(checkElement(["9999", "1"])).toMatchObject({ ok: false, refusal: { kind: "unknown-identifier" } });
  });

  test("know the identifiers that a till meets", () => {
    for (const identifier of [
      "3103",
      "3202",
      "3922",
      "3932",
      "3940",
      "3953",
      "8005",
      "8110",
      "8020",
      "415",
      "3902",
      "99",
    ]) {
      expect(formatOf(identifier)).not.toBeNull();
    }
    expect([formatOf("88"), formatOf("310"), formatOf("7777")]).toEqual([null, null, null]);
    expect([identifierAt("3103000500", 0), identifierAt("41512", 0), identifierAt("7", 0)]).toEqual([
      "3103",
      "415",
      null,
    ]);
  });

  test.each([
    ["261231", "2026-12-31"],
    ["260200", "2026-02-28"],
    ["280200", "2028-02-29"],
    ["261200", "2026-12-31"],
    ["260229", null],
    ["261301", null],
    ["260001", null],
    ["26123", null],
    ["2612AB", null],
  ])("date %s is %s", (text, expected) => {
    expect(elementDay(text)).toBe(expected);
  });

  test("place the decimal point by the identifier's last digit", () => {
    expect(elementDecimal(["3922", "1299"])).toEqual({ units: 1299, scale: 2 });
  });
});

describe("Digital Links", () => {
  test("carry the lot and the serial number in the path, the rest in the query", () => {
    expect(parseDigitalLink("https://example.com/x/01/9506000134352/10/ABC%2F1/21/S9?17=261231&3103=000500")).toEqual({
      ok: true,
      value: [
        ["01", "09506000134352"],
        ["10", "ABC/1"],
        ["21", "S9"],
        ["17", "261231"],
        ["3103", "000500"],
      ],
    });
  });

  test("count the right-most key, and pass over what is no qualifier of it", () => {
    expect(parseDigitalLink("http://a/01/96385074/01/9506000134352/lang/en")).toEqual({
      ok: true,
      value: [["01", "09506000134352"]],
    });
  });

  test.each([
    ["https://a/01/9506000134353", "check-digit"],
    ["https://a/01/9506000134352?17=", "malformed"],
    ["https://a/01/9506000134352?7777=1", "unknown-identifier"],
    ["https://a/01/9506000134352/10/%E0%A4%A", "malformed"],
    ["https://a/01/9506000134352?10", "malformed"],
    ["https://a", "not-a-digital-link"],
    ["https://a/01", "not-a-digital-link"],
    ["ftp://a/01/9506000134352", "not-a-digital-link"],
  ])("%s is refused: %s", (uri, kind) => {
    expect(parseDigitalLink(uri)).toMatchObject({ ok: false, refusal: { kind } });
  });
});

describe("a scan", () => {
  const rules: ScanRules = {
    labels: labelRulesOf("SE"),
    receiptPrefix: "HF1:",
    giftCardPrefixes: ["GC"],
    customerPrefixes: ["CU", ""],
  };
  const scan = (text: string) => resolveScan(text, rules);

  test.each([
    ["4006381333931", { kind: "gtin", gtin: "04006381333931", details: {}, elements: [] }],
    ["  4006381333931\r", { kind: "gtin", gtin: "04006381333931" }],
    ["12345670", { kind: "gtin", gtin: "00000012345670" }],
    ["04252614", { kind: "gtin", gtin: "00042100005264" }],
    ["]E012345670", { kind: "gtin" }],
    ["]E004252614", { kind: "gtin", gtin: "00042100005264" }],
    ["]E412345670", { kind: "gtin", gtin: "00000012345670" }],
    ["]E04006381333930", { kind: "wrong-check-digit" }],
    ["4006381333930", { kind: "wrong-check-digit", code: "4006381333930" }],
    ["2088060112343", { kind: "label", measure: "price", key: "2088060100005", value: { units: 1234, scale: 2 } }],
    ["2302148210869", { kind: "label", measure: "weight", value: { units: 1086, scale: 3 } }],
    ["4011", { kind: "plu", plu: "4011" }],
    ["94011", { kind: "plu", plu: "94011" }],
    ["2999", { kind: "code", code: "2999" }],
    ["HF1:A-000001-0007", { kind: "receipt", text: "HF1:A-000001-0007" }],
    ["GC12345", { kind: "gift-card", card: "GC12345" }],
    ["CU777", { kind: "customer", code: "CU777" }],
    ["SHIRT-RED-M", { kind: "code", code: "SHIRT-RED-M" }],
    ["]A0SHIRT", { kind: "code", code: "SHIRT" }],
    ["https://example.com/shop", { kind: "code", code: "https://example.com/shop" }],
    ["https://a/01/9506000134353", { kind: "wrong-check-digit" }],
    ["https://a/01/9506000134352?17=", { kind: "code" }],
    ["https://a/00/006141411234567890", { kind: "code" }],
    ["(01)09501101530003(10)A1", { kind: "gtin", gtin: "09501101530003", details: { lot: "A1" } }],
    ["(01)0950110153000", { kind: "unreadable" }],
    ["0109501101530003", { kind: "gtin", gtin: "09501101530003" }],
    ["0109501101530004", { kind: "code" }],
    ["010950110153000317261231", { kind: "gtin", details: { expiry: "2026-12-31" } }],
    ["]C10109501101530004", { kind: "wrong-check-digit" }],
    ["]C188XYZ", { kind: "unreadable" }],
    ["", { kind: "unreadable" }],
    ["   ", { kind: "unreadable" }],
  ])("of %j", (text, expected) => {
    expect(scan(text)).toMatchObject(expected);
  });

  const GS = GROUP_SEPARATOR;

  test("tells what the symbol says about the goods", () => {
    const data = `]d20109501101530003310300050015261130${["10L1", "21S1", "3012", "3922499"].join(GS)}`;
    expect(scan(data)).toMatchObject({
      kind: "gtin",
      details: {
        lot: "L1",
        serial: "S1",
        bestBefore: "2026-11-30",
        count: 12,
        weight: { unit: "kg", value: { units: 500, scale: 3 } },
        price: { value: { units: 499, scale: 2 } },
      },
    });
  });

  test("reads pounds, a price in another currency, and the content of a box", () => {
    const data = `]e002095011015300033202000500${["3724", "39329781250"].join(GS)}`;
    expect(scan(data)).toMatchObject({
      kind: "gtin",
      gtin: "09501101530003",
      details: {
        count: 24,
        weight: { unit: "lb", value: { units: 500, scale: 2 } },
        price: { value: { units: 1250, scale: 2 }, currency: "978" },
      },
    });
  });

  test("is given up where it is longer than any code", () => {
    expect(scan("9".repeat(SCAN_LENGTH_MAX + 1)).kind).toBe("unreadable");
  });

  test("without prefixes of its own takes nothing for its own", () => {
    const bare = { labels: [], receiptPrefix: "", giftCardPrefixes: [""], customerPrefixes: [] };
    expect(resolveScan("X", bare)).toEqual({ kind: "code", code: "X" });
  });

  test("a label whose value was misread is scanned again", () => {
    const payload = "281111206870";
    const german = { ...rules, labels: labelRulesOf("DE") };
    expect(resolveScan(payload + gs1CheckDigit(payload), german).kind).toBe("wrong-check-digit");
  });
});
