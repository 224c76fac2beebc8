import fc from "fast-check";
import { expect, test } from "vitest";
import { packField, unpackField } from "./pack-field.ts";

const anyBarcode = fc.record({
  code: fc.oneof(fc.stringMatching(/^[0-9]{8,14}$/), fc.string({ minLength: 1, maxLength: 20 })),
  pack: fc.integer({ min: 1, max: 999 }),
});
const anyPrice = fc.record({
  price: fc.record({
    units: fc.nat(1_000_000),
    scale: fc.integer({ min: 0, max: 4 }),
    per: fc.constantFrom(1, 100),
  }),
  from: fc.constantFrom(null, "2026-11-23T00:00:00.000+01:00"),
  to: fc.constantFrom(null, "2026-12-01T00:00:00.000+01:00"),
  minQuantity: fc.constantFrom(0, 6),
});

function through(kind: string, name: string, value: unknown): unknown {
  return unpackField(kind, name, JSON.parse(JSON.stringify(packField(kind, name, value))));
}

test("barcodes and prices come back as they were, plain or not", () => {
  fc.assert(
    fc.property(fc.array(anyBarcode), fc.array(anyPrice), (barcodes, prices) => {
      expect(through("variant", "barcodes", barcodes)).toEqual(barcodes);
      expect(through("price", "prices", prices)).toEqual(prices);
    }),
  );
});

test("what is plain becomes short", () => {
  const barcodes = [
    { code: "4006381333931", pack: 1 },
    { code: "4006381333948", pack: 6 },
  ];
  expect(packField("variant", "barcodes", barcodes)).toBe("4006381333931 4006381333948*6");
  const plain = { price: { units: 1299, scale: 2, per: 1 }, from: null, to: null, minQuantity: 0 };
  expect(packField("price", "prices", [plain])).toBe(1299);
});

test.each([
  ["a space in a code", [{ code: "12 34", pack: 1 }]],
  ["a star in a code", [{ code: "12*34", pack: 1 }]],
])("%s keeps the codes as they are", (_, barcodes) => {
  expect(packField("variant", "barcodes", barcodes)).toBe(barcodes);
});

test("other fields, and fields of the same name elsewhere, are not touched", () => {
  expect(packField("variant", "name", "Tea")).toBe("Tea");
  expect(packField("bundle", "barcodes", [])).toEqual([]);
  expect(unpackField("variant", "sku", "4006381333931*6")).toBe("4006381333931*6");
});
