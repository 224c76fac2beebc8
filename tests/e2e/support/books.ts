import { expect } from "@playwright/test";
import pg from "pg";
import type { SalePaper } from "./paper.ts";

export type BookedSale = Omit<SalePaper, "copy" | "lines"> & {
  readonly lines: readonly { readonly line: number; readonly name: string; readonly amount: number }[];
  readonly movements: number;
  readonly stocked: number;
  readonly entries: number;
};

/** Reads one thing from the database of a server under test, whether the server runs or not. */
export async function query<Row extends object>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

export async function bookedSales(url: string): Promise<BookedSale[]> {
  return await query<BookedSale>(
    url,
    `SELECT s.sale, s.series || '-' || lpad(s.number::text, 6, '0') || '-' || s.stream_tag AS number,
            s.total::float8 AS total, s.tax::float8 AS tax, s.change::float8 AS change,
            (SELECT json_agg(json_build_object('line', l.line, 'name', l.name, 'amount', l.inc_tax) ORDER BY l.line)
             FROM sale_line l WHERE l.merchant = s.merchant AND l.sale = s.sale) AS lines,
            (SELECT coalesce(json_agg(json_build_object('kind', t.kind, 'amount', t.amount) ORDER BY t.tender), '[]')
             FROM sale_tender t WHERE t.merchant = s.merchant AND t.sale = s.sale) AS tenders,
            (SELECT count(*)::int FROM stock_movement m WHERE m.merchant = s.merchant AND m.document = s.sale) AS movements,
            (SELECT coalesce(sum(CASE WHEN v.kit IS NULL THEN v.stocked::int ELSE jsonb_array_length(v.kit) END), 0)::int
             FROM sale_line l JOIN variant v ON v.merchant = l.merchant AND v.variant = l.variant
             WHERE l.merchant = s.merchant AND l.sale = s.sale) AS stocked,
            (SELECT count(*)::int FROM journal_entry e WHERE e.merchant = s.merchant AND e.source = s.event) AS entries
     FROM sale s ORDER BY s.sale`,
  );
}

/** Each paper is exactly one sale with the same figures, its goods have left the stock once, and the books balance. */
export async function expectPaperInBooks(url: string, papers: readonly SalePaper[]): Promise<void> {
  const sales = await bookedSales(url);
  const byId = (a: { sale: string }, b: { sale: string }): number => (a.sale < b.sale ? -1 : 1);
  const onPaper = [...papers].sort(byId).map(({ copy: _copy, lines, ...facts }) => ({
    ...facts,
    lines: lines.map(({ line, name, amount }) => ({ line, name, amount })),
  }));
  expect(sales.map(({ movements: _movements, stocked: _stocked, entries: _entries, ...facts }) => facts)).toEqual(
    onPaper,
  );
  for (const sale of sales) {
    expect(sale.movements, `movements of ${sale.number}`).toBe(sale.stocked);
    expect(sale.entries, `journal entries of ${sale.number}`).toBeGreaterThan(0);
  }
  await expectBalanced(url);
}

export async function expectBalanced(url: string): Promise<void> {
  const [books] = await query<{
    debit: number;
    credit: number;
    wrong: number;
    drifted: number;
    events: number;
    twice: number;
  }>(
    url,
    `SELECT (SELECT coalesce(sum(debit), 0)::float8 FROM journal_line) AS debit,
            (SELECT coalesce(sum(credit), 0)::float8 FROM journal_line) AS credit,
            (SELECT count(*)::int FROM (SELECT source, kind FROM journal_line GROUP BY merchant, source, kind
                                        HAVING sum(debit) <> sum(credit)) AS unbalanced) AS wrong,
            (SELECT count(*)::int FROM stock_balance b WHERE b.units <> (
               SELECT coalesce(sum(m.units), 0) FROM stock_movement m
               WHERE m.merchant = b.merchant AND m.branch = b.branch AND m.variant = b.variant)) AS drifted,
            (SELECT count(*)::int FROM event WHERE status = 'quarantined') AS events,
            (SELECT count(*)::int FROM (SELECT 1 FROM sale GROUP BY merchant, series, number, stream_tag
                                        HAVING count(*) > 1) AS same) AS twice`,
  );
  expect(books).toMatchObject({ wrong: 0, drifted: 0, events: 0, twice: 0 });
  expect(books?.debit).toBe(books?.credit);
}

export async function openCases(url: string): Promise<{ kind: string; subject: string; details: unknown }[]> {
  return await query(url, "SELECT kind, subject, details FROM inbox_case WHERE closed_at IS NULL ORDER BY opened_at");
}
