import { digit32, valueOfDigit32 } from "./base32.ts";

/** How the code of a receipt begins: no shop's own code and no GTIN does. */
export const RECEIPT_CODE_PREFIX = "HFR1";

/** Characters in one symbol: still read by a cheap camera from paper 58 mm wide. */
const SYMBOL_CHARS_MAX = 600;
const SYMBOLS_MAX = 24;
const TAG_CHARS = 4;
const HEAD_CHARS = RECEIPT_CODE_PREFIX.length + TAG_CHARS + 2;

/**
 * Cuts a text into symbols that know which receipt they belong to, their place and how many there are.
 * @returns none where it would take too many: such a receipt is found by its number
 */
export function toSymbols(text: string): string[] {
  const room = SYMBOL_CHARS_MAX - HEAD_CHARS;
  const count = Math.ceil(text.length / room);
  if (count > SYMBOLS_MAX) return [];
  const each = Math.ceil(text.length / count);
  const tag = text.slice(0, TAG_CHARS);
  return Array.from({ length: count }, (_, place) => {
    const part = text.slice(place * each, (place + 1) * each);
    return `${RECEIPT_CODE_PREFIX}${tag}${digit32(place)}${digit32(count)}${part}`;
  });
}

/** What has been scanned of one receipt, in whatever order. */
export type ReadSymbols = { readonly tag: string; readonly count: number; readonly parts: ReadonlyMap<number, string> };

/** Adds a symbol; one of another receipt begins anew. Null where it is no symbol of ours. */
export function addSymbol(before: ReadSymbols | null, symbol: string): ReadSymbols | null {
  const text = symbol.trim().toUpperCase();
  if (!text.startsWith(RECEIPT_CODE_PREFIX) || text.length <= HEAD_CHARS) return null;
  const tag = text.slice(RECEIPT_CODE_PREFIX.length, RECEIPT_CODE_PREFIX.length + TAG_CHARS);
  const place = valueOfDigit32(text.charAt(HEAD_CHARS - 2));
  const count = valueOfDigit32(text.charAt(HEAD_CHARS - 1));
  if (count < 1 || count > SYMBOLS_MAX || place < 0 || place >= count) return null;
  const isSame = before !== null && before.tag === tag && before.count === count;
  const parts = new Map(isSame ? before.parts : []);
  parts.set(place, text.slice(HEAD_CHARS));
  return { tag, count, parts };
}

/** The whole text once every symbol was read; null before. */
export function joinSymbols({ count, parts }: ReadSymbols): string | null {
  if (parts.size < count) return null;
  return Array.from({ length: count }, (_, place) => parts.get(place) ?? "").join("");
}
