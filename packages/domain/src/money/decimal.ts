import { assert } from "../kernel/assert.ts";
import { type Rounding, roundRatio } from "./rounding.ts";

/**
 * An exact decimal number: `units ÷ 10^scale`. Unit prices, rates and quantities have more digits than money,
 * so each carries its own scale. Both are safe integers; scale is 0 to 9.
 */
export type Decimal = { readonly units: number; readonly scale: number };

export const DECIMAL_SCALE_MAX = 9;

export function decimal(units: number, scale: number): Decimal {
  assert(Number.isSafeInteger(units), `not an integer: ${units}`);
  assert(Number.isInteger(scale) && scale >= 0 && scale <= DECIMAL_SCALE_MAX, `not a scale: ${scale}`);
  return { units: units === 0 ? 0 : units, scale };
}

export function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/** The same as a plain number; not a safe integer beyond 15, which callers check on their product. */
export function powerOfTenNumber(exponent: number): number {
  return POWERS[exponent] ?? Number.POSITIVE_INFINITY;
}

const POWERS: readonly number[] = [1, 10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/** Reads `-12.345` exactly; null where the text is not a plain decimal number or has too many digits. */
export function parseDecimal(text: string): Decimal | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return null;
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  const units = Number(`${match[1]}${match[2]}${fraction}`);
  if (!Number.isSafeInteger(units) || fraction.length > DECIMAL_SCALE_MAX) return null;
  return decimal(units, fraction.length);
}

/** The shortest plain text of the number: no exponent, no needless zeros. */
export function decimalToText({ units, scale }: Decimal): string {
  if (scale === 0) return String(units);
  const digits = String(Math.abs(units)).padStart(scale + 1, "0");
  const fraction = digits.slice(-scale).replace(/0+$/, "");
  return `${units < 0 ? "-" : ""}${digits.slice(0, -scale)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** The same number with another scale, rounded where digits are lost. */
export function rescale(value: Decimal, scale: number, rounding: Rounding): Decimal {
  if (value.scale === scale) return value;
  const units =
    scale > value.scale
      ? BigInt(value.units) * powerOfTen(scale - value.scale)
      : roundRatio(BigInt(value.units), powerOfTen(value.scale - scale), rounding);
  return decimal(Number(units), scale);
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return decimal(rescale(a, scale, "down").units + rescale(b, scale, "down").units, scale);
}

export function negateDecimal(value: Decimal): Decimal {
  return decimal(-value.units, value.scale);
}

export function multiplyDecimals(a: Decimal, b: Decimal, result: { scale: number; rounding: Rounding }): Decimal {
  const product = BigInt(a.units) * BigInt(b.units);
  const from = a.scale + b.scale;
  const units =
    result.scale >= from
      ? product * powerOfTen(result.scale - from)
      : roundRatio(product, powerOfTen(from - result.scale), result.rounding);
  return decimal(Number(units), result.scale);
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = BigInt(a.units) * powerOfTen(scale - a.scale) - BigInt(b.units) * powerOfTen(scale - b.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
