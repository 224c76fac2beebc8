import type { Brand } from "../../kernel/brand.ts";
import { gs1CheckDigit, hasValidCheckDigit } from "./check-digit.ts";

/** A GTIN as it is stored and looked up: 14 digits with a valid check digit, shorter ones padded with zeros. */
export type Gtin = Brand<string, "Gtin">;

const LENGTHS = new Set([8, 12, 13, 14]);

/** Reads 8, 12, 13 or 14 digits; null where the length or the check digit says that it is none. */
export function parseGtin(text: string): Gtin | null {
  if (!hasGtinShape(text) || !hasValidCheckDigit(text)) return null;
  return text.padStart(14, "0") as Gtin;
}

/** Digits of a length that only GTINs have; whether the check digit is right is another matter. */
export function hasGtinShape(text: string): boolean {
  return LENGTHS.has(text.length) && /^\d+$/.test(text);
}

/**
 * A zero-suppressed UPC-E of eight digits as the UPC-A it stands for; null where it is none. Where the zeros were is told
 * by its last digit before the check digit.
 */
export function expandUpcE(text: string): string | null {
  if (!/^[01]\d{7}$/.test(text)) return null;
  const system = text.slice(0, 1);
  const [a, b, c, d, e, last] = [...text.slice(1, 7)] as [string, string, string, string, string, string];
  const payload = system + expandBody([a, b, c, d, e], last);
  const check = text.slice(7);
  return gs1CheckDigit(payload) === Number(check) ? payload + check : null;
}

function expandBody([a, b, c, d, e]: readonly [string, string, string, string, string], last: string): string {
  if (last <= "2") return `${a}${b}${last}0000${c}${d}${e}`;
  if (last === "3") return `${a}${b}${c}00000${d}${e}`;
  if (last === "4") return `${a}${b}${c}${d}00000${e}`;
  return `${a}${b}${c}${d}${e}0000${last}`;
}
