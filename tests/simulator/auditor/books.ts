import pg from "pg";

/** The shop's books as plain figures, from wherever they are kept. Nothing here comes from the product's own rules. */
export type Books = {
  readonly sales: readonly BookedSale[];
  readonly movements: readonly { readonly branch: string; readonly variant: string; readonly units: number }[];
  readonly onHand: readonly { readonly branch: string; readonly variant: string; readonly units: number }[];
  readonly entries: readonly BookedEntry[];
  readonly balances: readonly {
    readonly branch: string;
    readonly account: string;
    readonly debit: number;
    readonly credit: number;
  }[];
  /** Events that were set aside. */
  readonly quarantined: readonly { readonly event: string; readonly code: string }[];
};

export type BookedSale = {
  readonly sale: string;
  readonly number: string;
  readonly total: number;
  readonly tax: number;
  readonly change: number;
  readonly training: boolean;
  readonly tenders: readonly { readonly kind: string; readonly amount: number }[];
  readonly lines: readonly {
    readonly line: number;
    readonly variant: string | null;
    readonly units: number;
    readonly amount: number;
  }[];
};

export type BookedEntry = {
  readonly source: string;
  readonly kind: string;
  readonly lines: readonly {
    readonly account: string;
    readonly branch: string;
    readonly debit: number;
    readonly credit: number;
  }[];
};

/** Reads one merchant's books out of PostgreSQL, in one snapshot. */
export async function readBooks(url: string, merchant: string): Promise<Books> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const rows = async (text: string): Promise<Record<string, unknown>[]> =>
      (await client.query(text, [merchant])).rows;
    return {
      sales: (await rows(SALES)) as BookedSale[],
      movements: numbers(await rows("SELECT branch, variant, units FROM stock_movement WHERE merchant = $1"), [
        "units",
      ]),
      onHand: numbers(await rows("SELECT branch, variant, units FROM stock_balance WHERE merchant = $1"), ["units"]),
      entries: (await rows(ENTRIES)) as BookedEntry[],
      balances: numbers(
        await rows(
          "SELECT branch, account, sum(debit) AS debit, sum(credit) AS credit FROM account_balance WHERE merchant = $1 GROUP BY 1, 2",
        ),
        ["debit", "credit"],
      ),
      quarantined: numbers(
        await rows("SELECT event, code FROM event WHERE merchant = $1 AND status = 'quarantined'"),
        [],
      ),
    };
  } finally {
    await client.end();
  }
}

/** Everything as JSON, so that whole numbers come as numbers whatever the driver was told of bigint. */
const SALES = `
  SELECT s.sale, s.series || '-' || lpad(s.number::text, 6, '0') || '-' || s.stream_tag AS number,
         s.total::float8 AS total, s.tax::float8 AS tax, s.change::float8 AS change, s.training,
         (SELECT coalesce(json_agg(json_build_object('kind', t.kind, 'amount', t.amount) ORDER BY t.tender), '[]')
          FROM sale_tender t WHERE t.merchant = s.merchant AND t.sale = s.sale) AS tenders,
         (SELECT json_agg(json_build_object('line', l.line, 'variant', l.variant, 'units', l.quantity_units, 'amount', l.inc_tax)
                          ORDER BY l.line)
          FROM sale_line l WHERE l.merchant = s.merchant AND l.sale = s.sale) AS lines
  FROM sale s WHERE s.merchant = $1`;

const ENTRIES = `
  SELECT source, kind, (SELECT json_agg(json_build_object('account', l.account, 'branch', l.branch, 'debit', l.debit, 'credit', l.credit))
                        FROM unnest(accounts, branches, debits, credits) AS l (account, branch, debit, credit)) AS lines
  FROM journal_entry WHERE merchant = $1`;

function numbers<Row>(rows: Record<string, unknown>[], fields: readonly string[]): Row[] {
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(fields.map((field) => [field, Number(row[field])])),
  })) as Row[];
}
