import { Skeleton } from "@mantine/core";
import type { KeyboardEvent, ReactNode } from "react";
import classes from "./DataTable.module.css";

export type Column<Row> = {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Figures: aligned at the end, tabular. */
  readonly numeric?: boolean;
  /** How wide the table must be for this column to show; without it, always. */
  readonly from?: "medium" | "wide";
};

export type DataTableProps<Row> = {
  /** Read out, not shown. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined while they are on their way. */
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  /** In place of the rows when there are none. */
  readonly empty: ReactNode;
  /** Rows of `tfoot`. */
  readonly foot?: ReactNode;
  readonly dense?: boolean;
};

const ROWS_WHILE_LOADING = [68, 54, 61, 47, 64, 50];

/**
 * A table whose rows one can walk with the arrow keys. A link in a row with the attribute `data-row-link` makes the whole row
 * its target, without a handler: middle click and screen readers find an ordinary link.
 */
export function DataTable<Row>({ caption, columns, rows, rowKey, empty, foot, dense }: DataTableProps<Row>): ReactNode {
  if (rows?.length === 0) return empty;
  return (
    <div className={classes.frame}>
      <table className={classes.table} data-dense={dense || undefined} aria-busy={rows === undefined}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-numeric={column.numeric || undefined} data-from={column.from}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={walkRows}>
          {rows === undefined
            ? ROWS_WHILE_LOADING.map((width) => <WaitingRow key={width} columns={columns} width={width} />)
            : rows.map((row) => (
                <tr key={rowKey(row)}>
                  {columns.map((column) => (
                    <td key={column.key} data-numeric={column.numeric || undefined} data-from={column.from}>
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              ))}
        </tbody>
        {foot === undefined || rows === undefined ? null : <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

type WaitingRowProps = {
  readonly columns: readonly { readonly key: string; readonly from?: string | undefined }[];
  readonly width: number;
};

function WaitingRow({ columns, width }: WaitingRowProps): ReactNode {
  return (
    <tr>
      {columns.map(({ key, from }, index) => (
        <td key={key} data-from={from}>
          <Skeleton height={10} my={5} width={`${index === 0 ? width : 50}%`} />
        </td>
      ))}
    </tr>
  );
}

const STEP_BY_KEY: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowDown: (index, last) => Math.min(index + 1, last),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

function walkRows(event: KeyboardEvent<HTMLElement>): void {
  const step = STEP_BY_KEY[event.key];
  if (step === undefined || !(event.target instanceof HTMLElement) || !event.target.matches("[data-row-link]")) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row-link]")];
  links[step(links.indexOf(event.target), links.length - 1)]?.focus();
  event.preventDefault();
}
