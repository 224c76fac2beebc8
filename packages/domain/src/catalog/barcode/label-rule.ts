import { accept, type Result, refuse } from "../../kernel/result.ts";
import { type Decimal, decimal } from "../../money/decimal.ts";
import { fieldCheckDigit, gs1CheckDigit, hasValidCheckDigit } from "./check-digit.ts";

/**
 * How a scale's label is read. `pattern` has one character for each of the twelve digits before the check digit: a digit
 * must match, `I` belongs to the item, `V` to the value, `C` is the value's own check digit. Shops configure scales freely,
 * so rules belong to a branch; decimals come from the rule, never from the currency.
 */
export type LabelRule = {
  readonly pattern: string;
  readonly kind: LabelKind;
  /** Digits of the value after its decimal point: major units of the currency, kilograms, or pieces. */
  readonly decimals: number;
};

export type LabelKind = "price" | "weight" | "count";

export type Label = {
  /** The code with its value zeroed and its check digits made anew: what the catalogue knows the goods by. */
  readonly key: string;
  readonly kind: LabelKind;
  readonly value: Decimal;
};

export function isLabelPattern(pattern: string): boolean {
  return /^\d{1,3}I+C?V+$/.test(pattern) && pattern.length === 12;
}

/**
 * Reads a restricted-circulation code by the first rule whose pattern it fits; null where none does.
 * @param code thirteen digits with a valid check digit, a UPC-A padded with a zero
 */
export function readLabel(code: string, rules: readonly LabelRule[]): Result<Label, "value-check-digit"> | null {
  const rule = rules.find(({ pattern }) => fits(code, pattern));
  if (rule === undefined) return null;
  const digits = fieldOf(code, rule.pattern, "V");
  const check = fieldOf(code, rule.pattern, "C");
  if (check !== "" && fieldCheckDigit(digits) !== Number(check)) return refuse("value-check-digit");
  return accept({ key: keyOf(code, rule.pattern), kind: rule.kind, value: decimal(Number(digits), rule.decimals) });
}

function fits(code: string, pattern: string): boolean {
  if (code.length !== 13 || !hasValidCheckDigit(code)) return false;
  return [...pattern].every((sign, index) => !isDigit(sign) || sign === code[index]);
}

function fieldOf(code: string, pattern: string, field: "V" | "C"): string {
  return [...pattern].map((sign, index) => (sign === field ? code[index] : "")).join("");
}

/** The value's check digit is zero when all of the value is, for fields of either length. */
function keyOf(code: string, pattern: string): string {
  const payload = [...pattern].map((sign, index) => (sign === "V" || sign === "C" ? "0" : code[index])).join("");
  return payload + gs1CheckDigit(payload);
}

function isDigit(sign: string): boolean {
  return sign >= "0" && sign <= "9";
}

function rules(kind: LabelKind, patterns: readonly (readonly [string, number])[]): LabelRule[] {
  return patterns.map(([pattern, decimals]) => ({ pattern, kind, decimals }));
}

const WEIGHT_23_TO_25 = rules("weight", [
  ["23IIIIIIVVVV", 3],
  ["24IIIIIIVVVV", 2],
  ["25IIIIIIVVVV", 1],
]);

const PRICE_20_TO_22 = rules("price", [
  ["20IIIIIIVVVV", 2],
  ["21IIIIIIVVVV", 1],
  ["22IIIIIIVVVV", 0],
]);

const DANISH = [
  ...rules("price", [
    ["21IIIIVVVVVV", 2],
    ["22IIIIVVVVVV", 2],
    ["23IIIIVVVVVV", 2],
    ["24IIIIVVVVVV", 2],
  ]),
  ...rules("weight", [
    ["26IIIIVVVVVV", 3],
    ["27IIIIIVVVVV", 3],
    ["28IIIIVVVVVV", 3],
  ]),
];

const GERMAN = [
  ...rules("price", [
    ["22IIIICVVVVV", 2],
    ["23IIIICVVVVV", 2],
  ]),
  ...rules("count", [
    ["25IIIICVVVVV", 0],
    ["26IIIICVVVVV", 0],
  ]),
  ...rules("weight", [
    ["28IIIICVVVVV", 3],
    ["29IIIICVVVVV", 3],
  ]),
];

const NORTH_AMERICAN = rules("price", [["02IIIIICVVVV", 2]]);

/** What a new branch starts with, by country: the rules of the national GS1 organisations (gs1.se, biip's RCN tables). */
const LABEL_RULES: Readonly<Record<string, readonly LabelRule[]>> = {
  SE: [...PRICE_20_TO_22, ...WEIGHT_23_TO_25],
  NO: [...PRICE_20_TO_22, ...WEIGHT_23_TO_25],
  FI: WEIGHT_23_TO_25,
  EE: WEIGHT_23_TO_25,
  LV: WEIGHT_23_TO_25,
  LT: WEIGHT_23_TO_25,
  DK: DANISH,
  DE: GERMAN,
  GB: rules("price", [["20IIIIICVVVV", 2]]),
  US: NORTH_AMERICAN,
  CA: NORTH_AMERICAN,
};

/** @param country ISO 3166-1 alpha-2 */
export function labelRulesOf(country: string): readonly LabelRule[] {
  return LABEL_RULES[country] ?? [];
}
