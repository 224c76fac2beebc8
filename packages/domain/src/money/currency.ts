import { assert } from "../kernel/assert.ts";
import type { Brand } from "../kernel/brand.ts";
import { type Amount, amount } from "./amount.ts";
import { powerOfTen } from "./decimal.ts";

/** An ISO 4217 code, such as `EUR`. */
export type CurrencyCode = Brand<string, "CurrencyCode">;

/** Digits after the decimal point, where ISO 4217 says other than 2 (Unicode CLDR supplemental data, `fractions`). */
const EXPONENTS: Readonly<Record<string, number>> = {
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  CLF: 4,
  UYW: 4,
};

export function isCurrencyCode(text: string): text is CurrencyCode {
  return /^[A-Z]{3}$/.test(text);
}

export function currencyCode(text: string): CurrencyCode {
  assert(isCurrencyCode(text), `not a currency code: ${text}`);
  return text;
}

export function exponentOf(currency: CurrencyCode): number {
  return EXPONENTS[currency] ?? 2;
}

/** Reads a plain amount in major units (`12.5`, `-3`) exactly; null where it is none or has more digits than the currency. */
export function parseAmount(text: string, currency: CurrencyCode): Amount | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return null;
  const exponent = exponentOf(currency);
  const fraction = match[3] ?? "";
  if (fraction.length > exponent) return null;
  const minor = Number(`${match[1]}${match[2]}${fraction.padEnd(exponent, "0")}`);
  return Number.isSafeInteger(minor) ? amount(minor) : null;
}

/** `1234` of a two-digit currency as `12.34`: for exports and logs; screens use `Intl`. */
export function amountToText(value: Amount, exponent: number): string {
  const digits = String(Math.abs(value)).padStart(exponent + 1, "0");
  const major = exponent === 0 ? digits : digits.slice(0, -exponent);
  const minor = exponent === 0 ? "" : `.${digits.slice(-exponent)}`;
  return `${value < 0 ? "-" : ""}${major}${minor}`;
}

/** Minor units in one major unit. */
export function minorPerMajor(exponent: number): bigint {
  return powerOfTen(exponent);
}
