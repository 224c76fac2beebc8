import { present } from "../../kernel/assert.ts";
import { compareDecimals, type Decimal, decimalToText, parseDecimal } from "../../money/decimal.ts";
import type { Rounding } from "../../money/rounding.ts";

/**
 * Runs one vector's input through the product's own functions and names the figures as the vector does. The expected
 * figures are there for what they say about form alone, such as how many decimals the source shows.
 */
export type Adapter = (input: unknown, expected: unknown) => Readonly<Record<string, unknown>>;

export type Adapters = Readonly<Record<string, Adapter>>;

/** The vectors' schema (`vectors/README.md`) is trusted: they are files of ours, and a wrong shape fails the comparison. */
export function adapter<Input, Expected = unknown>(
  run: (input: Input, expected: Expected) => Readonly<Record<string, unknown>>,
): Adapter {
  return (input, expected) => run(input as Input, expected as Expected);
}

export function decimalOf(text: string): Decimal {
  return present(parseDecimal(text), `not a decimal: ${text}`);
}

const ROUNDINGS: Readonly<Record<string, Rounding>> = {
  half_away: "half-away",
  half_even: "half-even",
  half_toward_pos_inf: "half-toward-positive",
};

export function roundingOf(mode: string): Rounding {
  return present(ROUNDINGS[mode], `not a rounding mode: ${mode}`);
}

/** The text as the source shows it where the number is the same: `5.0000` for 5. */
export function shownAs(value: Decimal, text: string): string {
  return compareDecimals(value, decimalOf(text)) === 0 ? text : decimalToText(value);
}
