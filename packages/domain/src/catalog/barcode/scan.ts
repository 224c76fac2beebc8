import type { Day } from "../../kernel/instant.ts";
import type { Decimal } from "../../money/decimal.ts";
import { hasValidCheckDigit } from "./check-digit.ts";
import { looksLikeWebAddress, parseDigitalLink } from "./digital-link.ts";
import {
  type ElementsRefusal,
  elementDay,
  elementDecimal,
  GROUP_SEPARATOR,
  type Gs1Element,
  parseBracketed,
  parseElements,
} from "./element-string.ts";
import { expandUpcE, type Gtin, hasGtinShape, parseGtin } from "./gtin.ts";
import { type Label, type LabelRule, readLabel } from "./label-rule.ts";

/** What a branch adds to the world's rules: its scales' labels and the beginnings of its own codes. */
export type ScanRules = {
  readonly labels: readonly LabelRule[];
  /** How the code on our own receipts begins. */
  readonly receiptPrefix: string;
  readonly giftCardPrefixes: readonly string[];
  readonly customerPrefixes: readonly string[];
};

/** What a symbol says about the goods beyond their GTIN. */
export type ScanDetails = {
  readonly lot?: string;
  readonly serial?: string;
  readonly expiry?: Day;
  readonly bestBefore?: Day;
  readonly count?: number;
  readonly weight?: ScannedWeight;
  readonly price?: ScannedPrice;
};

export type ScannedWeight = { readonly unit: "kg" | "lb"; readonly value: Decimal };

/** Major units; in the branch's currency unless `currency` has an ISO 4217 number. */
export type ScannedPrice = { readonly value: Decimal; readonly currency?: string };

/** What was scanned or typed. Whether the catalogue knows it is for the caller to find out. */
export type Scan =
  | {
      readonly kind: "gtin";
      readonly gtin: Gtin;
      readonly details: ScanDetails;
      /** Every GS1 element that was read, for whoever needs more than the details; none behind a plain code. */
      readonly elements: readonly Gs1Element[];
    }
  | ({ readonly kind: "label"; readonly measure: Label["kind"] } & Omit<Label, "kind">)
  /** Four or five digits keyed in for produce. */
  | { readonly kind: "plu"; readonly plu: string }
  | { readonly kind: "receipt"; readonly text: string }
  | { readonly kind: "gift-card"; readonly card: string }
  | { readonly kind: "customer"; readonly code: string }
  /** A code of the shop's own, or one that nobody knows. */
  | { readonly kind: "code"; readonly code: string }
  /** Looks like a GTIN or a label and was misread: scan again. */
  | { readonly kind: "wrong-check-digit"; readonly code: string }
  | { readonly kind: "unreadable"; readonly text: string };

export const SCAN_LENGTH_MAX = 2_000;

/**
 * Tells what a scanner or a keyboard sent, most certain first: the symbology it names, a Digital Link, an element string,
 * the branch's own prefixes, a label of a scale, a GTIN, a PLU, any other code.
 */
export function resolveScan(scanned: string, rules: ScanRules): Scan {
  const text = scanned.trim();
  if (text === "" || text.length > SCAN_LENGTH_MAX) return { kind: "unreadable", text: scanned };
  const symbol = /^\](\w\d)([\s\S]+)$/.exec(text);
  if (symbol === null) return resolvePlain(text, rules);
  const [identifier, data] = [symbol[1] as string, symbol[2] as string];
  if (GS1_SYMBOLS.has(identifier)) return resolveElements(data, parseElements(data));
  if (identifier === "E0") return resolveDigits(data.length === 8 ? (expandUpcE(data) ?? data) : data, rules);
  return resolvePlain(data, rules);
}

/** AIM symbology identifiers whose data is an element string: GS1-128, DataBar, DataMatrix, QR, DotCode. */
const GS1_SYMBOLS = new Set(["C1", "e0", "d2", "Q3", "J1"]);

function resolvePlain(text: string, rules: ScanRules): Scan {
  if (text.startsWith(rules.receiptPrefix) && rules.receiptPrefix !== "") return { kind: "receipt", text };
  if (looksLikeWebAddress(text)) {
    const link = parseDigitalLink(text);
    if (link.ok) return resolveElements(text, link);
    return link.refusal.kind === "check-digit" ? wrongCheckDigit(text) : { kind: "code", code: text };
  }
  if (/^\(\d{2,4}\)/.test(text)) return resolveElements(text, parseBracketed(text));
  if (looksLikeElements(text)) return resolveElements(text, parseElements(text));
  if (hasPrefix(text, rules.giftCardPrefixes)) return { kind: "gift-card", card: text };
  if (hasPrefix(text, rules.customerPrefixes)) return { kind: "customer", code: text };
  if (hasGtinShape(text)) return resolveDigits(text, rules);
  return isPlu(text) ? { kind: "plu", plu: text } : { kind: "code", code: text };
}

/** Without a symbology, only a separator or a whole GTIN behind `01` tells an element string from a long code. */
function looksLikeElements(text: string): boolean {
  return text.includes(GROUP_SEPARATOR) || (/^01\d{14}/.test(text) && hasValidCheckDigit(text.slice(2, 16)));
}

function resolveDigits(text: string, rules: ScanRules): Scan {
  const label = readLabel(text.padStart(13, "0"), rules.labels);
  if (label !== null) {
    if (!label.ok) return wrongCheckDigit(text);
    const { key, kind: measure, value } = label.value;
    return { kind: "label", measure, key, value };
  }
  const gtin = parseGtin(text) ?? parseGtin(expandUpcE(text) ?? "");
  return gtin === null ? wrongCheckDigit(text) : { kind: "gtin", gtin, details: {}, elements: [] };
}

function resolveElements(
  text: string,
  parsed: ReturnType<typeof parseElements> | ReturnType<typeof parseDigitalLink>,
): Scan {
  if (!parsed.ok) return refusedElements(text, parsed.refusal.kind);
  const elements = parsed.value;
  const content = textOf(elements, "01") ?? textOf(elements, "02");
  if (content === null) return { kind: "code", code: text };
  return { kind: "gtin", gtin: content as Gtin, details: detailsOf(elements), elements };
}

function refusedElements(text: string, refusal: ElementsRefusal["kind"] | "not-a-digital-link"): Scan {
  return refusal === "check-digit" ? wrongCheckDigit(text) : { kind: "unreadable", text };
}

function detailsOf(elements: readonly Gs1Element[]): ScanDetails {
  const lot = textOf(elements, "10");
  const serial = textOf(elements, "21");
  const expiry = elementDay(textOf(elements, "17") ?? "");
  const bestBefore = elementDay(textOf(elements, "15") ?? "");
  const count = textOf(elements, "30") ?? textOf(elements, "37");
  const weight = weightOf(elements);
  const price = priceOf(elements);
  return {
    ...(lot === null ? {} : { lot }),
    ...(serial === null ? {} : { serial }),
    ...(expiry === null ? {} : { expiry }),
    ...(bestBefore === null ? {} : { bestBefore }),
    ...(count === null ? {} : { count: Number(count) }),
    ...(weight === null ? {} : { weight }),
    ...(price === null ? {} : { price }),
  };
}

function weightOf(elements: readonly Gs1Element[]): ScannedWeight | null {
  const element = elements.find(([identifier]) => /^3[12]0[0-6]$/.test(identifier));
  if (element === undefined) return null;
  return { unit: element[0].startsWith("31") ? "kg" : "lb", value: elementDecimal(element) };
}

function priceOf(elements: readonly Gs1Element[]): ScannedPrice | null {
  const local = elements.find(([identifier]) => /^392\d$/.test(identifier));
  if (local !== undefined) return { value: elementDecimal(local) };
  const foreign = elements.find(([identifier]) => /^393\d$/.test(identifier));
  if (foreign === undefined) return null;
  const [identifier, text] = foreign;
  return { value: elementDecimal([identifier, text.slice(3)]), currency: text.slice(0, 3) };
}

function textOf(elements: readonly Gs1Element[], identifier: string): string | null {
  return elements.find((element) => element[0] === identifier)?.[1] ?? null;
}

function wrongCheckDigit(code: string): Scan {
  return { kind: "wrong-check-digit", code };
}

/** IFPS numbers: 3000 to 4999, with a leading 8 or 9 for how the produce was grown. */
function isPlu(text: string): boolean {
  return /^[89]?[34]\d{3}$/.test(text);
}

function hasPrefix(text: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => prefix !== "" && text.startsWith(prefix));
}
