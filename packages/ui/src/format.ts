import type { Amount } from "@holdfast/domain/money/amount";
import { amountToText } from "@holdfast/domain/money/currency";
import { type Decimal, decimalToText } from "@holdfast/domain/money/decimal";

export type Currency = { readonly currency: string; readonly exponent: number };

export type FormatPlace = {
  /** BCP 47, such as `de-AT`. */
  readonly locale: string;
  /** IANA name of the zone that times are shown in unless a call names another. */
  readonly timeZone: string;
};

export type Formats = {
  /** `€ 1,234.50` */
  readonly money: (minorUnits: number, currency: Currency) => string;
  /** `1,234.50`: for a column whose head or total names the currency. */
  readonly amount: (minorUnits: number, currency: Currency) => string;
  /** A price in major units, with as many digits as it has, but never fewer than the currency. */
  readonly price: (price: Decimal, currency: Currency) => string;
  /** `3`, `1.250 kg` */
  readonly quantity: (quantity: Decimal & { readonly unit: string }) => string;
  readonly number: (value: number) => string;
  /** What stands between whole and part. */
  readonly decimalPoint: string;
  /** A part of one: `12.5 %` */
  readonly percent: (part: number) => string;
  /** Of an ISO moment. */
  readonly dateTime: (iso: string, timeZone?: string) => string;
  readonly time: (iso: string, timeZone?: string) => string;
  /** Of a calendar day such as `2026-11-23`, whatever the zone. */
  readonly day: (day: string, style?: "short" | "long" | "weekday") => string;
  /** The calendar day of a moment, as `2026-11-23`: for fields and addresses, not for reading. */
  readonly dayAt: (ms: number, timeZone?: string) => string;
  /** `09:00` for 9. */
  readonly hour: (hour: number) => string;
  /** `5 minutes ago` */
  readonly age: (iso: string, nowMs: number) => string;
};

/** Everything a screen shows of numbers and times, by `Intl`. Amounts go through exact text: no figure becomes a float. */
export function createFormats({ locale, timeZone }: FormatPlace): Formats {
  const numbers = remembered((key) => new Intl.NumberFormat(locale, JSON.parse(key)));
  const dates = remembered((key) => new Intl.DateTimeFormat(locale, JSON.parse(key)));
  const number = (options: Intl.NumberFormatOptions): Intl.NumberFormat => numbers(JSON.stringify(options));
  const date = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => dates(JSON.stringify(options));
  const ages = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const digits = (count: number): Intl.NumberFormatOptions => ({
    minimumFractionDigits: count,
    maximumFractionDigits: count,
  });
  return {
    money: (minorUnits, { currency, exponent }) =>
      number({ style: "currency", currency, ...digits(exponent) }).format(exactAmount(minorUnits, exponent)),
    amount: (minorUnits, { exponent }) => number(digits(exponent)).format(exactAmount(minorUnits, exponent)),
    price: (price, { currency, exponent }) => {
      const text = decimalToText(price);
      const scale = Math.max(exponent, text.split(".")[1]?.length ?? 0);
      return number({ style: "currency", currency, ...digits(scale) }).format(text as NumberText);
    },
    quantity: ({ unit, ...decimal }) => {
      const text = decimalToText(decimal) as NumberText;
      if (unit === "each") return number({ maximumFractionDigits: decimal.scale }).format(text);
      const known = UNITS[unit];
      const options = known === undefined ? {} : { style: "unit", unit: known, unitDisplay: "short" };
      const shown = number({ ...options, ...digits(decimal.scale) } as Intl.NumberFormatOptions).format(text);
      return known === undefined ? `${shown} ${unit}` : shown;
    },
    number: (value) => number({}).format(value),
    decimalPoint:
      number(digits(1))
        .formatToParts(0.5)
        .find(({ type }) => type === "decimal")?.value ?? ".",
    percent: (part) => number({ style: "percent", maximumFractionDigits: 1 }).format(part),
    dateTime: (iso, zone) =>
      date({ dateStyle: "medium", timeStyle: "short", timeZone: zone ?? timeZone }).format(new Date(iso)),
    time: (iso, zone) => date({ timeStyle: "short", timeZone: zone ?? timeZone }).format(new Date(iso)),
    day: (day, style = "short") => date({ ...DAY_STYLES[style], timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`)),
    dayAt: (ms, zone) => {
      const parts = dayParts(zone ?? timeZone).formatToParts(ms);
      return (["year", "month", "day"] as const)
        .map((type) => parts.find((part) => part.type === type)?.value)
        .join("-");
    },
    hour: (hour) => date({ hour: "numeric", timeZone: "UTC" }).format(new Date(Date.UTC(2000, 0, 1, hour))),
    age: (iso, nowMs) => ageText(ages, (Date.parse(iso) - nowMs) / 1000),
  };
}

/** Western digits, whatever the language: the day is a value here. */
function dayParts(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
}

type NumberText = `${number}`;

const DAY_STYLES = {
  short: { dateStyle: "medium" },
  long: { dateStyle: "full" },
  weekday: { weekday: "short", day: "numeric" },
} as const;

/** Units of the catalogue that `Intl` knows by name. */
const UNITS: Readonly<Record<string, string>> = { kg: "kilogram", g: "gram", l: "liter", ml: "milliliter", m: "meter" };

function exactAmount(minorUnits: number, exponent: number): NumberText {
  return amountToText(minorUnits as Amount, exponent) as NumberText;
}

function remembered<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

function ageText(ages: Intl.RelativeTimeFormat, seconds: number): string {
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return ages.format(Math.trunc(seconds / length), unit);
  }
  return ages.format(0, "second");
}
