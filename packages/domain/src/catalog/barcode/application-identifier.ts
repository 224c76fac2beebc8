/** What may stand after a GS1 application identifier: so many digits, or up to so many characters. */
export type IdentifierFormat = {
  readonly min: number;
  readonly max: number;
  readonly numeric: boolean;
  /** Ends after its length, without a separator (the GS1 General Specifications' table of predefined lengths). */
  readonly predefined: boolean;
};

/** The format of an identifier, or null where GS1 has none by that number. In `392n` the last digit places the decimal point. */
export function formatOf(identifier: string): IdentifierFormat | null {
  const exact = FORMATS.get(identifier);
  if (exact !== undefined) return exact;
  if (!/^\d{4}$/.test(identifier)) return null;
  return FORMATS.get(`${identifier.slice(0, 3)}n`) ?? FORMATS.get(`${identifier.slice(0, 2)}nn`) ?? null;
}

/** Identifiers are two to four digits long; the first that exists is the one, since none is the beginning of another. */
export function identifierAt(text: string, offset: number): string | null {
  for (const length of [2, 3, 4]) {
    const identifier = text.slice(offset, offset + length);
    if (identifier.length === length && formatOf(identifier) !== null) return identifier;
  }
  return null;
}

const digits = (length: number): IdentifierFormat => ({ min: length, max: length, numeric: true, predefined: true });
const exactly = (length: number): IdentifierFormat => ({ min: length, max: length, numeric: true, predefined: false });
const number = (max: number, min = 1): IdentifierFormat => ({ min, max, numeric: true, predefined: false });
const text = (max: number, min = 1): IdentifierFormat => ({ min, max, numeric: false, predefined: false });

/** From the GS1 syntax dictionary: what a till can meet on goods, coupons, payment slips and labels of its own. */
const FORMATS = new Map<string, IdentifierFormat>([
  ["00", digits(18)],
  ["01", digits(14)],
  ["02", digits(14)],
  ["10", text(20)],
  ...["11", "12", "13", "15", "16", "17"].map((date): [string, IdentifierFormat] => [date, digits(6)]),
  ["20", digits(2)],
  ["21", text(20)],
  ["22", text(20)],
  ["30", number(8)],
  ...["31", "32", "33", "34", "35", "36"].map((measure): [string, IdentifierFormat] => [`${measure}nn`, digits(6)]),
  ["37", number(8)],
  ["390n", number(15)],
  ["391n", number(18, 4)],
  ["392n", number(15)],
  ["393n", number(18, 4)],
  ["394n", exactly(4)],
  ["395n", exactly(6)],
  ["235", text(28)],
  ["240", text(30)],
  ["241", text(30)],
  ["242", number(6)],
  ["243", text(20)],
  ["250", text(30)],
  ["251", text(30)],
  ["253", text(30, 13)],
  ["254", text(20)],
  ["255", number(25, 13)],
  ["400", text(30)],
  ["401", text(30)],
  ["402", exactly(17)],
  ["403", text(30)],
  ...["410", "411", "412", "413", "414", "415", "416", "417"].map((gln): [string, IdentifierFormat] => [
    gln,
    digits(13),
  ]),
  ["420", text(20)],
  ["421", text(12, 4)],
  ["422", exactly(3)],
  ["423", number(15, 3)],
  ["424", exactly(3)],
  ["425", number(15, 3)],
  ["426", exactly(3)],
  ["7003", exactly(10)],
  ["8001", exactly(14)],
  ["8003", text(30, 14)],
  ["8004", text(30)],
  ["8005", exactly(6)],
  ["8006", exactly(18)],
  ["8008", number(12, 8)],
  ["8010", text(30)],
  ["8013", text(25)],
  ["8017", exactly(18)],
  ["8018", exactly(18)],
  ["8020", text(25)],
  ["8110", text(70)],
  ["8111", exactly(4)],
  ["8112", text(70)],
  ["8200", text(70)],
  ["90", text(30)],
  ...["91", "92", "93", "94", "95", "96", "97", "98", "99"].map((own): [string, IdentifierFormat] => [own, text(90)]),
]);
