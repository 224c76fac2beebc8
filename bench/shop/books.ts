import type { MerchantId } from "@holdfast/domain/party/merchant";
import pg from "pg";
import type { Device } from "./device.ts";
import { OPENING_STOCK } from "./open-shop.ts";

export type Checked = { readonly sales: number; readonly faults: readonly string[] };

/**
 * Compares the books with what the devices know that they sold. A figure whose books are wrong is void, however fast it was.
 * @param ownerUrl of the role that may read everything, whose planner may read tables whole
 */
export async function checkBooks(ownerUrl: string, merchant: MerchantId, devices: readonly Device[]): Promise<Checked> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const one = async (text: string): Promise<number[]> =>
      Object.values((await client.query(text, [merchant])).rows[0] as object).map(Number);
    const faults: string[] = [];
    const expect = (what: string, found: unknown, wanted: unknown): void => {
      if (found !== wanted) faults.push(`${what}: ${found} instead of ${wanted}`);
    };
    const sales = devices.reduce((sum, { sold }) => sum + sold.count, 0);
    const total = devices.reduce((sum, { sold }) => sum + sold.total, 0);
    const [count, booked] = await one("SELECT count(*), coalesce(sum(total), 0) FROM sale WHERE merchant = $1");
    expect("sales", count, sales);
    expect("sum of the sales", booked, total);
    for (const [what, text] of ZEROS) expect(what, (await one(text))[0], 0);
    const cases = await client.query<{ kind: string; count: string }>(
      "SELECT kind, count(*) FROM inbox_case WHERE merchant = $1 AND closed_at IS NULL GROUP BY kind",
      [merchant],
    );
    for (const { kind, count: open } of cases.rows) expect(`open cases of the kind ${kind}`, Number(open), 0);
    await compareStock(client, { merchant, devices }, expect);
    return { sales, faults };
  } finally {
    await client.end();
  }
}

/** What has to be nothing. */
const ZEROS: readonly (readonly [what: string, text: string])[] = [
  ["trial balance", "SELECT coalesce(sum(debit) - sum(credit), 0) FROM account_balance WHERE merchant = $1"],
  [
    "accounts whose balance is not the sum of their lines",
    `SELECT count(*) FROM (
       SELECT branch, account, sum(debit - credit) AS net FROM journal_line WHERE merchant = $1 GROUP BY 1, 2) AS l
     FULL JOIN (
       SELECT branch, account, sum(debit - credit) AS net FROM account_balance WHERE merchant = $1 GROUP BY 1, 2) AS b
     USING (branch, account) WHERE l.net IS DISTINCT FROM b.net`,
  ],
  [
    "balances that are not the sum of their movements",
    `SELECT count(*) FROM stock_balance b FULL JOIN (
       SELECT branch, variant, sum(units) AS units FROM stock_movement WHERE merchant = $1 GROUP BY 1, 2) AS m
     USING (branch, variant) WHERE b.merchant = $1 AND b.units IS DISTINCT FROM m.units`,
  ],
  ["events that came twice", "SELECT count(*) - count(DISTINCT event) FROM log_entry WHERE merchant = $1 AND seq > 0"],
  ["events set aside", "SELECT count(*) FROM event WHERE merchant = $1 AND status <> 'applied'"],
  [
    "sales without both their entries",
    `SELECT count(*) FROM sale s WHERE s.merchant = $1
     AND (SELECT count(*) FROM journal_entry e WHERE e.merchant = $1 AND e.source = s.sale) <> 2`,
  ],
];

type Books = { readonly merchant: MerchantId; readonly devices: readonly Device[] };

async function compareStock(
  client: pg.Client,
  { merchant, devices }: Books,
  expect: (what: string, found: unknown, wanted: unknown) => void,
): Promise<void> {
  const sold = new Map<string, number>();
  for (const device of devices)
    for (const [key, units] of device.sold.unitsByGoods) sold.set(key, (sold.get(key) ?? 0) + units);
  const { rows } = await client.query<{ key: string; units: string }>(
    "SELECT branch || ' ' || variant AS key, units FROM stock_balance WHERE merchant = $1",
    [merchant],
  );
  const wrong = rows.filter(({ key, units }) => Number(units) !== OPENING_STOCK - (sold.get(key) ?? 0));
  expect("goods whose stock is not the opening stock less what was sold", wrong.length, 0);
  const held = new Set(rows.map(({ key }) => key));
  expect("goods sold that have no stock", [...sold.keys()].filter((key) => !held.has(key)).length, 0);
}
