import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";

/** One row of the file, as it stands there. */
export type InvoiceRow = {
  readonly InvoiceNo: string;
  readonly StockCode: string;
  readonly Description: string;
  readonly Quantity: string;
  readonly InvoiceDate: string;
  readonly UnitPrice: string;
};

export type Invoice = { readonly number: string; readonly at: string; readonly rows: readonly InvoiceRow[] };

/** What is replayed, and what is left out and why. */
export type Invoices = {
  readonly sales: readonly Invoice[];
  readonly leftOut: readonly { readonly reason: string; readonly rows: readonly InvoiceRow[] }[];
};

/** Reads the invoices of the file's first days. */
export async function readInvoices(file: string, days: number): Promise<Invoices> {
  const bytes = await readFile(file);
  const text = file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
  const rows: InvoiceRow[] = parse(text, { columns: true, skip_empty_lines: true });
  const wanted = new Set([...new Set(rows.map(dayOf))].sort().slice(0, days));
  const inDays = rows.filter((row) => wanted.has(dayOf(row)));
  const returned = inDays.filter(isReturn);
  const writtenOff = inDays.filter((row) => !isReturn(row) && row.Quantity.startsWith("-"));
  const sold = inDays.filter((row) => !isReturn(row) && !row.Quantity.startsWith("-"));
  return {
    sales: byInvoice(sold),
    leftOut: [
      { reason: "returns (invoice numbers that begin with C)", rows: returned },
      { reason: "stock write-offs (negative quantities on ordinary invoices)", rows: writtenOff },
    ],
  };
}

function dayOf({ InvoiceDate }: InvoiceRow): string {
  return InvoiceDate.slice(0, 10);
}

function isReturn({ InvoiceNo }: InvoiceRow): boolean {
  return InvoiceNo.startsWith("C");
}

function byInvoice(rows: readonly InvoiceRow[]): Invoice[] {
  const invoices = new Map<string, InvoiceRow[]>();
  for (const row of rows) invoices.set(row.InvoiceNo, [...(invoices.get(row.InvoiceNo) ?? []), row]);
  return [...invoices].map(([number, of]) => ({ number, at: (of[0] as InvoiceRow).InvoiceDate, rows: of }));
}

/** A plain decimal times a whole number, in pennies; by digits alone, so that it owes nothing to the product's arithmetic. */
export function pennies({ Quantity, UnitPrice }: InvoiceRow): bigint {
  const [pounds, fraction = ""] = UnitPrice.split(".");
  if (!/^\d*$/.test(fraction) || fraction.replace(/0+$/, "").length > 2)
    throw new Error(`not in pennies: ${UnitPrice}`);
  const each = BigInt(`${pounds}${fraction.padEnd(2, "0").slice(0, 2)}`);
  return each * BigInt(Quantity);
}

export function sumOf(rows: readonly InvoiceRow[]): bigint {
  return rows.reduce((sum, row) => sum + pennies(row), 0n);
}

export function poundsText(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(3, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
