import { returnLines } from "@holdfast/domain/sale/return-lines";
import type { TaxId } from "@holdfast/domain/tax/tax";
import { fixedTax, percentTax, quantity, testCart, testId, testLine, testSale } from "@holdfast/domain/testing/build";
import { describe, expect, test } from "vitest";
import { packSale, unpackSale } from "./receipt-code.ts";

const taxes = [percentTax("vat", "20"), percentTax("low", "5.5"), fixedTax("deposit", "0.25")];
const lines = [
  testLine({ quantity: quantity("3"), discounts: [{ kind: "percent", percentPpm: 100_000, reason: "Scratched" }] }),
  testLine({
    line: 2,
    taxes: ["low", "deposit"] as TaxId[],
    variant: null,
    sku: null,
    category: null,
    stockQuantity: null,
  }),
  testLine({
    line: 4,
    quantity: quantity("1.250", "kg"),
    lot: "L7",
    serials: ["S1"],
    kit: [{ variant: testId(77), quantity: quantity("2") }],
  }),
  testLine({ line: 5, name: "Gift card 🎁", giftCard: "GC-123456" }),
];
const sale = testSale(
  testCart({ lines, orderDiscounts: [{ kind: "percent", percentPpm: 50_000, reason: "Opening" }] }, taxes),
);

function read(): NonNullable<ReturnType<typeof unpackSale>> {
  const unpacked = unpackSale(JSON.parse(JSON.stringify(packSale(sale))));
  if (unpacked === null) throw new Error("it is not read");
  return unpacked;
}

describe("the code of a receipt", () => {
  test("takes goods back exactly as the sale itself would", () => {
    for (const line of [1, 2, 4]) {
      const sold = sale.lines.find((each) => each.line === line)?.quantity ?? quantity("1");
      const request = { line, quantity: sold, reason: "Too small", restock: true };
      const terms = { returned: new Map(), known: "verified" } as const;
      const [fromSale, fromCode] = [returnLines(sale, [request], terms), returnLines(read(), [request], terms)];
      if (!fromSale.ok || !fromCode.ok) throw new Error("it is refused");
      const figures = (lines: typeof fromSale.value.lines) => lines.map(({ discounts: _names, ...line }) => line);
      expect(figures(fromCode.value.lines)).toEqual(figures(fromSale.value.lines));
      expect(fromCode.value.taxes).toEqual(sale.taxes);
    }
  });

  test("tells number, time, total and tenders", () => {
    const { number, completedAt, totals, tenders } = sale;
    expect(read()).toMatchObject({ number, completedAt, total: totals.total, tenders: [{ kind: tenders[0]?.kind }] });
  });

  test("does not tell the number of a gift card", () => {
    expect(JSON.stringify(packSale(sale))).not.toContain("GC-123456");
    expect(read().lines.at(-1)?.giftCard).toBeDefined();
  });

  test("is not read where it is anything else", () => {
    const packed = packSale(sale);
    expect(unpackSale([2, ...packed.slice(1)])).toBeNull();
    expect(unpackSale(packed.slice(0, -1))).toBeNull();
    expect(unpackSale({ ...packed })).toBeNull();
    expect(unpackSale("HF")).toBeNull();
  });
});
