import { CopyBuffer } from "./copy-buffer.ts";
import type { Lane } from "./lane.ts";

/** What a value is in our hands for each type it can have in a table. */
type ValueByType = {
  readonly uuid: string;
  readonly text: string;
  readonly int2: number;
  readonly int4: number;
  readonly int8: number;
  readonly bool: boolean;
  /** `2026-11-23` */
  readonly date: string;
  /** ISO 8601 with its offset. */
  readonly timestamptz: string;
  /** In hex. */
  readonly bytea: string;
  readonly jsonb: unknown;
  readonly "text[]": readonly string[];
  readonly "uuid[]": readonly string[];
  readonly "int8[]": readonly number[];
};

export type CopyType = keyof ValueByType;

/** A column's name and type, and its value in a row. */
export type CopyColumn<Row> = {
  [Type in CopyType]: readonly [column: string, type: Type, value: (row: Row) => ValueByType[Type] | null];
}[CopyType];

/**
 * Adds rows by the way that costs least on both sides: in the database's own binary form, where nothing is escaped here and
 * nothing parsed there. They are made at once and taken in their turn.
 */
export function copyRows<Row>(
  lane: Lane,
  { table, columns }: { readonly table: string; readonly columns: readonly CopyColumn<Row>[] },
  rows: readonly Row[],
): void {
  if (rows.length === 0) return;
  const names = columns.map(([column]) => column).join(", ");
  lane.copy(`COPY ${table} (${names}) FROM STDIN WITH (FORMAT binary)`, bytesOf(columns, rows));
}

function bytesOf<Row>(columns: readonly CopyColumn<Row>[], rows: readonly Row[]): Buffer {
  const buffer = new CopyBuffer(rows.length * columns.length);
  const writers = columns.map((column) => writerOf(column));
  for (const row of rows) {
    buffer.row(columns.length);
    for (const write of writers) write(buffer, row);
  }
  return buffer.finish();
}

function writerOf<Row>([, type, take]: CopyColumn<Row>): (buffer: CopyBuffer, row: Row) => void {
  const write = WRITERS[type] as (buffer: CopyBuffer, value: unknown) => void;
  return (buffer, row) => {
    const value = take(row);
    if (value === null) buffer.none();
    else write(buffer, value);
  };
}

const WRITERS: { readonly [Type in CopyType]: (buffer: CopyBuffer, value: ValueByType[Type]) => void } = {
  uuid: (buffer, value) => buffer.uuid(value),
  text: (buffer, value) => buffer.text(value),
  int2: (buffer, value) => buffer.int2(value),
  int4: (buffer, value) => buffer.int4(value),
  int8: (buffer, value) => buffer.int8(value),
  bool: (buffer, value) => buffer.bool(value),
  date: (buffer, value) => buffer.date(value),
  timestamptz: (buffer, value) => buffer.timestamp(value),
  bytea: (buffer, value) => buffer.hex(value),
  jsonb: (buffer, value) => buffer.json(value),
  "text[]": (buffer, values) => buffer.array("text", values, (value) => buffer.text(value)),
  "uuid[]": (buffer, values) => buffer.array("uuid", values, (value) => buffer.uuid(value)),
  "int8[]": (buffer, values) => buffer.array("int8", values, (value) => buffer.int8(value)),
};

/** For parameters of statements: an array of things that need no quotes, such as numbers, ids, words without spaces. */
export function arrayText(values: readonly (string | number | null)[]): string {
  return `{${values.map((value) => value ?? "NULL").join(",")}}`;
}
