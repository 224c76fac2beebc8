import type { ImportColumn, ImportError, ImportFault } from "@holdfast/protocol/office/import";
import { importColumns } from "@holdfast/protocol/office/import";
import { importColumnsMax, importRowCharsMax, importRowsMax } from "@holdfast/protocol/office/limits";
import { type CsvError, type Info, type Parser, parse } from "csv-parse";

/** One row of a file of products, cell by cell as it stands there. */
export type ImportRow = { readonly line: number; readonly cells: Readonly<Partial<Record<ImportColumn, string>>> };

export type ReadCsv = {
  readonly columns: readonly ImportColumn[];
  readonly rows: readonly ImportRow[];
  readonly errors: readonly ImportError[];
};

/** Characters of a wrong cell that are shown. */
const SHOWN_CHARS = 40;
/** What UTF-8 that is none becomes. */
const NOT_UTF8 = "\ufffd";

/** Reads a file as it comes; whatever is wrong with a line is noted and the next one read. */
export async function readCsv(
  chunks: AsyncIterable<Uint8Array>,
  onRead: (bytes: number) => void = () => undefined,
): Promise<ReadCsv> {
  const reader = new CsvReader();
  const decoder = new TextDecoder("utf-8");
  let parser: Parser | null = null;
  for await (const bytes of chunks) {
    onRead(bytes.byteLength);
    const text = decoder.decode(bytes, { stream: true });
    parser ??= reader.open(delimiterOf(text));
    if (!parser.write(text)) await new Promise<void>((resolve) => parser?.once("drain", () => resolve()));
    if (reader.isFull) break;
  }
  await reader.close(parser);
  return reader.result();
}

/** What parts the cells of the first line: a spreadsheet writes what its country does. */
function delimiterOf(text: string): string {
  const first = text.split(/\r?\n/, 1)[0] ?? "";
  const counts = [",", ";", "\t"].map((sign) => ({ sign, count: first.split(sign).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

class CsvReader {
  #header: readonly (ImportColumn | null)[] | null = null;
  readonly #rows: ImportRow[] = [];
  readonly #errors: ImportError[] = [];
  #failed: Error | null = null;
  #lines = 0;

  get isFull(): boolean {
    return this.#rows.length > importRowsMax || (this.#header !== null && this.#header.length === 0);
  }

  open(delimiter: string): Parser {
    const parser = parse({
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_skip: (error) => this.#skipped(error),
    });
    parser.on("data", ({ record, info }: { record: string[]; info: Info }) => this.#take(record, info.lines));
    parser.on("error", (error) => {
      this.#failed = error;
    });
    return parser;
  }

  async close(parser: Parser | null): Promise<void> {
    if (parser === null) return;
    await new Promise<void>((resolve) => {
      parser.once("end", resolve);
      parser.once("error", () => resolve());
      parser.end();
    });
    if (this.#failed !== null) this.#note(this.#lines + 1, "row-broken", { value: this.#failed.message });
  }

  result(): ReadCsv {
    if (this.#header === null) this.#note(1, "no-header");
    else if (this.#rows.length === 0 && this.#errors.length === 0) this.#note(1, "no-rows");
    if (this.#rows.length > importRowsMax) this.#note(this.#rows[importRowsMax]?.line ?? 1, "too-many-rows");
    const columns = (this.#header ?? []).filter((column) => column !== null);
    const errors = this.#errors.toSorted((a, b) => a.line - b.line);
    return { columns, rows: this.#rows.slice(0, importRowsMax), errors };
  }

  /** @param last the line on which the row ends */
  #take(record: readonly string[], last: number): void {
    const breaks = record.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
    const line = last - breaks;
    this.#lines = last;
    if (this.#header === null) this.#header = this.#readHeader(record, line);
    else if (record.some((cell) => cell.trim() !== "")) this.#takeRow(record, line);
  }

  #readHeader(record: readonly string[], line: number): (ImportColumn | null)[] {
    const names = record.slice(0, importColumnsMax).map((cell) => cell.trim().toLowerCase());
    const header = names.map((name, index) => {
      const column = importColumns.find((each) => each === name) ?? null;
      if (column === null) this.#note(line, "column-unknown", { value: name });
      else if (names.indexOf(name) < index) this.#note(line, "column-twice", { column });
      return column;
    });
    const hasCode = header.includes("sku") || header.includes("barcode");
    if (!header.includes("name")) this.#note(line, "column-missing", { column: "name" });
    if (!hasCode) this.#note(line, "column-missing", { column: "barcode" });
    // The rows of a file whose columns are unknown would all be wrong, and say nothing.
    return this.#errors.length > 0 ? [] : header;
  }

  #takeRow(record: readonly string[], line: number): void {
    const header = this.#header ?? [];
    if (header.length === 0) return;
    if (record.reduce((sum, cell) => sum + cell.length, 0) > importRowCharsMax) {
      this.#note(line, "row-too-long");
      return;
    }
    const surplus = record.slice(header.length).find((cell) => cell.trim() !== "");
    if (surplus !== undefined) this.#note(line, "too-many-cells", { value: surplus });
    const cells: Partial<Record<ImportColumn, string>> = {};
    for (const [index, column] of header.entries()) {
      if (column === null) continue;
      const cell = plainText(record[index] ?? "");
      if (cell.includes(NOT_UTF8)) this.#note(line, "not-utf8", { column, value: cell });
      else if (hasControlCharacter(cell)) this.#note(line, "control-character", { column, value: cell });
      else cells[column] = cell;
    }
    this.#rows.push({ line, cells });
  }

  #skipped(error: CsvError | undefined): undefined {
    const { code, lines } = (error ?? {}) as { code?: string; lines?: number };
    // A quote that is never closed shows at the end of the file only.
    const line = code === "CSV_QUOTE_NOT_CLOSED" ? this.#lines + 1 : (lines ?? this.#lines + 1);
    const last = this.#errors.at(-1);
    // One broken row breaks again wherever the parser picks it up.
    if (last?.line !== line || last.fault !== "row-broken") this.#note(line, "row-broken");
  }

  #note(line: number, fault: ImportFault, at: { readonly column?: string; readonly value?: string } = {}): void {
    this.#errors.push(importError({ line, fault, column: at.column ?? null, value: at.value ?? "" }));
  }
}

export function importError(error: ImportError): ImportError {
  const shown = error.value.length > SHOWN_CHARS ? `${error.value.slice(0, SHOWN_CHARS)}…` : error.value;
  return { ...error, value: shown.toWellFormed() };
}

/** Line breaks and tabs within a cell are spaces; what other encodings leave behind and nobody sees is nothing. */
function plainText(cell: string): string {
  return cell
    .replace(/[\u0080-\u009f]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Nothing that a keyboard writes: NUL, which PostgreSQL cannot keep, and its like. */
function hasControlCharacter(cell: string): boolean {
  return /\p{Cc}/u.test(cell);
}
