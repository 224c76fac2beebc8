import { amount } from "@holdfast/domain/money/amount";
import type { TaxId } from "@holdfast/domain/tax/tax";
import {
  accepted,
  cash,
  percentTax,
  quantity,
  testCart,
  testId,
  testLine,
  testSale,
} from "@holdfast/domain/testing/build";
import { testAudit, testOpening, testTill } from "@holdfast/domain/testing/build-till";
import { openShift } from "@holdfast/domain/till/shift";
import { evolve, NO_GRAND_TOTALS, withSale } from "@holdfast/domain/till/till";
import { shiftReport } from "@holdfast/domain/till/z-report";
import { createFormats } from "@holdfast/ui/format";
import { createWords } from "@holdfast/ui/words/i18n";
import { describe, expect, test } from "vitest";
import { testShop } from "../testing/test-log.ts";
import { en } from "../words/en.ts";
import type { Paper } from "./paper.ts";
import { paperFacts } from "./paper.ts";
import { Papers } from "./papers.ts";

const formats = createFormats({ locale: "en-GB", timeZone: "Europe/Berlin" });
const words = createWords("terminal", { en: { terminal: en } }, ["en"]);
const shop = {
  ...testShop({ name: "Harbour", address: "1 Quay", receiptFooter: "Thank you" } as never),
  merchant: { name: "Corner Café", taxNumber: "DE123" } as never,
};
let signatures = 0;
const papers = new Papers({
  ...{ shop: () => shop, terminal: "Till 2", t: words.getFixedT(null, "terminal"), formats: () => formats },
  sign: async () => String(signatures++).padStart(86, "A"),
  numberOf: (sale) => (sale === testId(50) ? "A-000050-BEEF" : null),
});

function textOf(paper: Paper): string {
  return paper.blocks
    .map((block) => ("text" in block ? block.text : "start" in block ? `${block.start} | ${block.end}` : "--"))
    .join("\n");
}

const taxes = [percentTax("vat", "20"), percentTax("low", "7")];
const cart = testCart(
  {
    lines: [
      testLine({
        quantity: quantity("2"),
        discounts: [{ kind: "percent", percentPpm: 100_000, reason: "Scratched" }],
        note: "Blue one",
      }),
      testLine({ line: 2, taxes: ["low" as TaxId], lot: "L7", serials: ["S-1"] }),
    ],
    tenders: [cash(5_000)],
  },
  taxes,
);
const sale = testSale(cart);

describe("a receipt", () => {
  test("shows every field that a law asks for", async () => {
    const text = textOf(await papers.receipt(sale, { copy: false }));
    for (const wanted of [
      ...["Corner Café", "Harbour", "1 Quay", "Tax no DE123", "Till 2", "Ada", "Thank you"],
      ...[
        "Goods 1 | 24.00 A",
        "2 × €12.00",
        "Scratched −10% | -2.40",
        "Blue one",
        "Goods 2 | 12.00 B",
        "Lot L7",
        "Serial no S-1",
      ],
      ...["TOTAL | €33.60", "Cash | 50.00", "Change | 16.40", "A vat 20% | 18.00 + 3.60 = 21.60", "B low 7%"],
      ...["2026-11-23 06:10:00 +02:00", "Signature"],
    ]) {
      expect(text).toContain(wanted);
    }
    expect(text).not.toContain("COPY");
  });

  test("printed again says COPY and is the same otherwise, its code included", async () => {
    const [first, second] = [await papers.receipt(sale, { copy: false }), await papers.receipt(sale, { copy: true })];
    const without = second.blocks.filter((block) => !(block.kind === "mark" && block.text === "COPY"));
    expect(without).toEqual(first.blocks);
    expect(second.blocks.length).toBe(first.blocks.length + 2);
  });

  test("of training says so, and carries no code", async () => {
    const paper = await papers.receipt({ ...sale, sale: testId(60), training: true }, { copy: false });
    expect(textOf(paper)).toContain("TRAINING");
    expect(paper.blocks.some(({ kind }) => kind === "code")).toBe(false);
    expect(paperFacts(paper)).toMatchObject({ training: true, codes: [] });
  });

  test("of a return names the receipt that the goods came from, or says that nobody knows it", async () => {
    const back = (original: number) =>
      testSale(
        testCart({
          lines: [testLine({ quantity: quantity("-1"), original: { sale: testId(original), line: 1, known: "own" } })],
          tenders: [cash(-1_200)],
        }),
      );
    expect(textOf(await papers.receipt(back(50), { copy: false }))).toContain("From receipt | A-000050-BEEF");
    const unknown = textOf(await papers.receipt(back(51), { copy: false }));
    expect(unknown).toContain("RETURN");
    expect(unknown).toContain("From receipt | known by its number only");
  });
});

describe("a report", () => {
  const [opened] = accepted(openShift(testTill(), testOpening({ float: amount(10_000) })));
  if (opened === undefined) throw new Error("a shift is open");
  const till = withSale(evolve(testTill(), opened), { ...sale, shift: testOpening().shift });
  const report = shiftReport({
    ...{ shift: till.shift as NonNullable<typeof till.shift>, sales: [sale], payments: [], at: opened.at },
    ...{ audit: testAudit({ cancelled: [amount(700)] }), grandTotalsBefore: NO_GRAND_TOTALS },
  });

  test("has the totals, the taxes, the traces, the drawer and what was ever sold", () => {
    const text = textOf(papers.report(report, { copy: false, showsExpected: true }));
    for (const wanted of [
      ...[
        "X REPORT",
        "Sales (1) | 33.60",
        "Net sales | 33.60",
        "Cash (1) | 33.60",
        "vat 20% | 3.60",
        "Carts cancelled (1) | 7.00",
      ],
      ...["Float | 100.00", "Expected | 133.60", "Sold | 33.60", "unbroken"],
    ]) {
      expect(text).toContain(wanted);
    }
  });

  test("tells nobody who has still to count what should be there", () => {
    expect(textOf(papers.report(report, { copy: false, showsExpected: false }))).not.toContain("133.60");
  });
});
