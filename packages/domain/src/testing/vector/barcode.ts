import { fieldCheckDigit, gs1CheckDigit } from "../../catalog/barcode/check-digit.ts";
import { parseDigitalLink } from "../../catalog/barcode/digital-link.ts";
import { elementDay, elementDecimal, parseBracketed, parseElements } from "../../catalog/barcode/element-string.ts";
import { expandUpcE, parseGtin } from "../../catalog/barcode/gtin.ts";
import { type Label, labelRulesOf, readLabel } from "../../catalog/barcode/label-rule.ts";
import { resolveScan } from "../../catalog/barcode/scan.ts";
import { present } from "../../kernel/assert.ts";
import { type Adapters, adapter, shownAs } from "./adapter.ts";

type Region = { readonly region: string; readonly code: string };

function labelOf({ region, code }: Region): Label | null {
  const label = readLabel(code, labelRulesOf(region));
  return label?.ok ? label.value : null;
}

const rcn = adapter<Region, { price?: string; weightKg?: string }>((input, expected) => {
  const label = labelOf(input);
  if (label === null) return { variable: false };
  if (label.kind === "count") return { count: label.value.units };
  const name = label.kind === "price" ? "price" : "weightKg";
  return { [name]: shownAs(label.value, expected[name] ?? "0") };
});

/** Without any rule of a branch, so that a restricted number reads as the plain number it is. */
const scan = adapter<{ data: string }>(({ data }) => {
  const read = resolveScan(data, { labels: [], receiptPrefix: "", giftCardPrefixes: [], customerPrefixes: [] });
  if (read.kind === "wrong-check-digit") return { error: "check_digit" };
  if (read.kind === "code") return { plain: read.code };
  return read.kind === "gtin" ? { gtin: read.gtin, elements: read.elements } : { unexpected: read.kind };
});

function elementsOr(parsed: ReturnType<typeof parseElements> | ReturnType<typeof parseDigitalLink>) {
  return parsed.ok ? { elements: parsed.value } : { error: true };
}

export const BARCODE_ADAPTERS: Adapters = {
  "gtin.checkDigit": adapter<{ payload: string }>(({ payload }) => ({ checkDigit: gs1CheckDigit(payload) })),
  "gtin.validate": adapter<{ code: string }>(({ code }) => ({ valid: parseGtin(code) !== null })),
  "rcn.priceCheckDigit": adapter<{ field: string }>(({ field }) => ({ checkDigit: fieldCheckDigit(field) })),
  "rcn.parse": rcn,
  "rcn.lookupKey": adapter<Region>((input) => ({ key: present(labelOf(input), "a label is read").key })),
  "upce.expand": adapter<{ upce: string }>(({ upce }) => ({ upca: expandUpcE(upce) })),
  "gs1.parseBracketed": adapter<{ data: string }>(({ data }) => elementsOr(parseBracketed(data))),
  "gs1.decimal": adapter<{ ai: string; value: string }, { decimal: string }>(({ ai, value }, expected) => ({
    decimal: shownAs(elementDecimal([ai, value]), expected.decimal),
  })),
  "gs1.date": adapter<{ value: string }>(({ value }) => ({ date: elementDay(value) })),
  "gs1.parseScan": scan,
  "gs1.parseMessage": adapter<{ data: string; fnc1: string }>(({ data, fnc1 }) =>
    elementsOr(parseElements(data, fnc1)),
  ),
  "digitalLink.parse": adapter<{ uri: string }>(({ uri }) => elementsOr(parseDigitalLink(uri))),
};
