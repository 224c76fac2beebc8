import { assert } from "../../kernel/assert.ts";
import { addDays, type Day, isDay } from "../../kernel/instant.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { type Decimal, decimal } from "../../money/decimal.ts";
import { formatOf, identifierAt } from "./application-identifier.ts";
import { hasValidCheckDigit } from "./check-digit.ts";

/** One GS1 fact on a symbol: its application identifier and its text. */
export type Gs1Element = readonly [identifier: string, text: string];

export type ElementsRefusal =
  | { readonly kind: "check-digit"; readonly identifier: string }
  | { readonly kind: "malformed"; readonly identifier: string }
  | { readonly kind: "unknown-identifier"; readonly at: number };

/** The character that scanners send for FNC1: ends an element whose length is not fixed. */
export const GROUP_SEPARATOR = "\u001d";

/**
 * Reads a GS1 element string. Lenient where a till must sell: a superfluous separator is passed over, and what follows an
 * unknown identifier is left out once a valid GTIN was read.
 * @param separator what stands for FNC1
 */
export function parseElements(data: string, separator = GROUP_SEPARATOR): Result<Gs1Element[], ElementsRefusal> {
  const elements: Gs1Element[] = [];
  let at = 0;
  while (at < data.length) {
    if (data[at] === separator) {
      at += 1;
      continue;
    }
    const identifier = identifierAt(data, at);
    if (identifier === null) {
      return elements.some(isTradeItem) ? accept(elements) : refuse({ kind: "unknown-identifier", at });
    }
    const start = at + identifier.length;
    const text = textAt(data, start, { identifier, separator });
    const checked = checkElement([identifier, text]);
    if (!checked.ok) return checked;
    elements.push(checked.value);
    at = start + text.length;
  }
  return accept(elements);
}

function textAt(
  data: string,
  start: number,
  { identifier, separator }: { identifier: string; separator: string },
): string {
  const format = formatOf(identifier);
  assert(format !== null, "an identifier that was found has a format");
  const end = data.indexOf(separator, start);
  const limit = end < 0 ? data.length : end;
  return data.slice(start, format.predefined ? Math.min(start + format.max, limit) : limit);
}

/** Reads the text below a symbol: `(01)09501101530003(3103)000500`. */
export function parseBracketed(data: string): Result<Gs1Element[], ElementsRefusal> {
  const elements: Gs1Element[] = [];
  let at = 0;
  while (at < data.length) {
    const match = /^\((\d{2,4})\)([^(]*)/.exec(data.slice(at));
    if (match === null) return refuse({ kind: "unknown-identifier", at });
    const checked = checkElement([match[1] as string, match[2] as string]);
    if (!checked.ok) return checked;
    elements.push(checked.value);
    at += match[0].length;
  }
  return accept(elements);
}

/** Keys whose last digit checks the others; a wrong one means that the symbol was misread. */
const CHECKED = new Set(["00", "01", "02", "410", "411", "412", "413", "414", "415", "416", "417"]);

export function checkElement([identifier, text]: Gs1Element): Result<Gs1Element, ElementsRefusal> {
  const format = formatOf(identifier);
  if (format === null) return refuse({ kind: "unknown-identifier", at: 0 });
  const signs = format.numeric ? /^\d+$/ : /^[\x20-\x7e]+$/;
  const fits = text.length >= format.min && text.length <= format.max && signs.test(text);
  if (!fits) return refuse({ kind: "malformed", identifier });
  if (CHECKED.has(identifier) && !hasValidCheckDigit(text)) return refuse({ kind: "check-digit", identifier });
  return accept([identifier, text]);
}

function isTradeItem([identifier]: Gs1Element): boolean {
  return identifier === "01" || identifier === "02";
}

/** The number of an element such as `3103` (kilograms with three decimals): the identifier's last digit places the point. */
export function elementDecimal([identifier, text]: Gs1Element): Decimal {
  return decimal(Number(text), Number(identifier.at(-1)));
}

/** `YYMMDD` of this century; day 00 means the last day of the month. Null where there is no such day. */
export function elementDay(text: string): Day | null {
  if (!/^\d{6}$/.test(text)) return null;
  const year = 2000 + Number(text.slice(0, 2));
  const month = Number(text.slice(2, 4));
  if (month < 1 || month > 12) return null;
  const first = `${year}-${text.slice(2, 4)}-01` as Day;
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`;
  const last = addDays(next as Day, -1);
  const date = text.slice(4);
  if (date === "00") return last;
  const day = `${first.slice(0, 8)}${date}`;
  return isDay(day) && day <= last ? day : null;
}
