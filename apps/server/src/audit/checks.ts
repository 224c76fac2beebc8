/**
 * The consistency checks of the books, each a query of its own over the tables, to the cent, by nobody's rules but what is
 * written here: what the domain computes is not asked again. `$1` is the merchant; every row that comes back is a finding.
 */
export type Check = {
  readonly number: number;
  readonly claim: string;
  readonly queries: Readonly<Record<string, string>>;
};

const LINES = `SELECT * FROM journal_line WHERE merchant = $1`;
/** Sales that count. */
const SALES = `SELECT * FROM sale WHERE merchant = $1 AND NOT training`;
/** What lines put on gift cards: neither goods nor tax. Places of tenders come after those of any line. */
const CARDS_SOLD = `
  SELECT source, sum(amount) AS amount FROM stored_value_movement
  WHERE merchant = $1 AND cause = 'issue' AND line < 1000000 GROUP BY source`;

function net(accounts: readonly string[], kind: string): string {
  const names = accounts.map((account) => `'${account}'`).join(", ");
  return `SELECT source, sum(credit - debit) AS amount FROM (${LINES}) l WHERE kind = '${kind}' AND account IN (${names}) GROUP BY source`;
}

const INCOME = ["sales", "sales-returns", "line-discounts", "order-discounts"];

/** Sales of a shift whose Z report names their numbers, and whether all of them are here. */
const REPORTED = `
  SELECT z.shift, z.terminal, z.number, z.report, count(s.sale) AS held, coalesce(sum(s.total) FILTER (WHERE NOT s.training), 0) AS total,
         coalesce(max(z.last_number - z.first_number + 1), 0) AS wanted
  FROM z_report z
  LEFT JOIN sale s ON s.merchant = z.merchant AND s.series = z.series AND s.number BETWEEN z.first_number AND z.last_number
    AND s.terminal = z.terminal
  WHERE z.merchant = $1 AND z.posted GROUP BY z.shift, z.terminal, z.number, z.report`;

function tenderCheck(account: string, tenders: string): string {
  return `
    SELECT s.sale, coalesce(t.amount, 0) AS tendered, coalesce(-n.amount, 0) AS booked FROM (${SALES}) s
    LEFT JOIN (${tenders}) t USING (sale) LEFT JOIN (${net([account], "rev")}) n ON n.source = s.sale
    WHERE coalesce(t.amount, 0) <> coalesce(-n.amount, 0)`;
}

function tenderSum(condition: string): string {
  return `SELECT sale, sum(amount) AS amount FROM sale_tender WHERE merchant = $1 AND ${condition} GROUP BY sale`;
}

function balanceCheck(account: string, wanted: string, sign: "credit" | "debit" = "debit"): string {
  const side = sign === "debit" ? "debit - credit" : "credit - debit";
  return `
    SELECT * FROM (SELECT coalesce((SELECT sum(${side}) FROM (${LINES}) l WHERE account = '${account}'), 0) AS booked,
                          coalesce((${wanted}), 0) AS wanted) AS sums WHERE booked <> wanted`;
}

function cardsOf(kind: string, what: string): string {
  return `
    SELECT sum(${what}) FROM (
      SELECT s.available + coalesce((SELECT sum(a.amount) FROM allotment a
        WHERE a.merchant = s.merchant AND a.kind = s.kind AND a.code = s.code), 0) AS balance
      FROM stored_value s WHERE s.merchant = $1 AND s.kind ${kind}) AS cards`;
}

export const CHECKS: readonly Check[] = [
  {
    number: 1,
    claim: "debits equal credits in each entry and branch, and balances are their sums",
    queries: {
      entries: `SELECT source, kind, branch, sum(debit) AS debit, sum(credit) AS credit FROM (${LINES}) l
        GROUP BY source, kind, branch HAVING sum(debit) <> sum(credit)`,
      balances: `SELECT * FROM (
          SELECT branch, account, posting_day, sum(debit) AS debit, sum(credit) AS credit FROM (${LINES}) l GROUP BY 1, 2, 3) AS posted
        FULL JOIN (SELECT branch, account, posting_day, debit AS kept_debit, credit AS kept_credit FROM account_balance
                   WHERE merchant = $1) AS kept USING (branch, account, posting_day)
        WHERE (debit, credit) IS DISTINCT FROM (kept_debit, kept_credit)`,
    },
  },
  {
    number: 2,
    claim: "goods sold, less returns and discounts, are the income of each sale",
    queries: {
      sales: `SELECT s.sale, s.ex_tax - coalesce(c.amount, 0) AS sold, coalesce(n.amount, 0) AS booked FROM (${SALES}) s
        LEFT JOIN (${CARDS_SOLD}) c ON c.source = s.event LEFT JOIN (${net(INCOME, "rev")}) n ON n.source = s.sale
        WHERE s.ex_tax - coalesce(c.amount, 0) <> coalesce(n.amount, 0)`,
      lines: `SELECT s.sale FROM (${SALES}) s JOIN sale_line l USING (merchant, sale)
        GROUP BY s.sale, s.ex_tax, s.tax, s.total HAVING sum(l.ex_tax) <> s.ex_tax OR sum(l.tax) <> s.tax OR sum(l.inc_tax) <> s.total`,
    },
  },
  {
    number: 3,
    claim: "taxes of sales are the movement of output tax, tax by tax",
    queries: {
      sales: `SELECT s.sale, s.tax, coalesce(n.amount, 0) AS booked FROM (${SALES}) s
        LEFT JOIN (${net(["output-tax"], "rev")}) n ON n.source = s.sale WHERE s.tax <> coalesce(n.amount, 0)`,
      taxes: `SELECT * FROM (
          SELECT coalesce(d ->> 'of', d ->> 'tax') AS tax, sum((t ->> 'amount')::bigint) AS sold
          FROM (${SALES}) s JOIN event v USING (merchant, event) JOIN log_entry e USING (merchant, hash),
               jsonb_array_elements(e.raw::jsonb -> 'body' -> 'taxTotals') AS t,
               jsonb_array_elements(e.raw::jsonb -> 'body' -> 'taxes') AS d
          WHERE t ->> 'tax' = d ->> 'tax' GROUP BY 1) AS sold
        FULL JOIN (SELECT dimensions ->> 'tax' AS tax, sum(credit - debit) AS booked FROM (${LINES}) l
                   WHERE account = 'output-tax' AND kind = 'rev' GROUP BY 1) AS booked USING (tax)
        WHERE coalesce(sold, 0) <> coalesce(booked, 0)`,
    },
  },
  {
    number: 4,
    claim: "tenders are the movement of their accounts, and settle the total to the coin",
    queries: {
      settled: `SELECT s.sale, s.total, s.cash_rounding, s.change, coalesce(t.amount, 0) AS tendered FROM (${SALES}) s
        LEFT JOIN (${tenderSum("true")}) t USING (sale) WHERE coalesce(t.amount, 0) - s.change <> s.total + s.cash_rounding`,
      cash: tenderCheck(
        "till-cash",
        `SELECT sale, sum(amount) - max(change) AS amount FROM sale_tender JOIN sale USING (merchant, sale)
         WHERE merchant = $1 AND kind = 'cash' GROUP BY sale`,
      ),
      card: tenderCheck("card-clearing", tenderSum("kind = 'card' AND state <> 'stored-offline'")),
      stored: tenderCheck("offline-card-pending", tenderSum("kind = 'card' AND state = 'stored-offline'")),
      account: tenderCheck("receivable", tenderSum("kind = 'on-account'")),
      credit: tenderCheck("store-credit-liability", tenderSum("kind = 'store-credit'")),
    },
  },
  {
    number: 5,
    claim: "after its close a till holds what was left in it",
    queries: {
      shifts: `
        SELECT r.shift, z.left_in_till - s.carried AS wanted, sum(l.debit - l.credit) AS booked
        FROM (${REPORTED}) r JOIN z_report z ON z.merchant = $1 AND z.shift = r.shift AND z.posted
        JOIN shift s ON s.merchant = $1 AND s.shift = r.shift
        LEFT JOIN (${LINES}) l ON l.account = 'till-cash' AND l.source IN (
          SELECT r.shift
          UNION ALL SELECT movement FROM cash_movement m WHERE m.merchant = $1 AND m.shift = r.shift
          UNION ALL SELECT payment FROM account_payment p WHERE p.merchant = $1 AND p.shift = r.shift
          UNION ALL SELECT sale FROM sale x WHERE x.merchant = $1 AND x.shift = r.shift AND x.number BETWEEN z.first_number AND z.last_number)
        WHERE r.held = r.wanted GROUP BY r.shift, z.left_in_till, s.carried
        HAVING coalesce(sum(l.debit - l.credit), 0) <> z.left_in_till - s.carried`,
    },
  },
  {
    number: 6,
    claim: "the sum of movements is what is on hand",
    queries: {
      stock: `SELECT b.branch, b.variant, b.units, coalesce(sum(m.units), 0) AS moved FROM stock_balance b
        LEFT JOIN stock_movement m USING (merchant, branch, variant) WHERE b.merchant = $1
        GROUP BY b.branch, b.variant, b.units HAVING b.units <> coalesce(sum(m.units), 0)`,
    },
  },
  {
    number: 7,
    claim: "the value of the stock of each branch is its inventory",
    queries: {
      value: `SELECT * FROM (SELECT branch, sum(value) AS stock FROM stock_balance WHERE merchant = $1 GROUP BY branch) AS stock
        FULL JOIN (SELECT branch, sum(debit - credit) AS booked FROM (${LINES}) l WHERE account = 'inventory' GROUP BY branch) AS booked
        USING (branch) WHERE coalesce(stock, 0) <> coalesce(booked, 0)`,
    },
  },
  {
    number: 8,
    claim: "the cost of each sale is what its movements cost",
    queries: {
      sales: `SELECT s.sale, coalesce(m.cost, 0) AS moved, coalesce(-n.amount, 0) AS booked FROM (${SALES}) s
        LEFT JOIN (SELECT document, sum(CASE WHEN units < 0 THEN cost ELSE -cost END) AS cost FROM stock_movement
                   WHERE merchant = $1 AND cause IN ('sale', 'return') GROUP BY document) m ON m.document = s.sale
        LEFT JOIN (${net(["cost-of-goods-sold"], "cogs")}) n ON n.source = s.sale
        WHERE coalesce(m.cost, 0) <> coalesce(-n.amount, 0)`,
    },
  },
  {
    number: 9,
    claim: "what is kept in detail adds up to its account",
    queries: {
      deliveries: balanceCheck(
        "goods-received-not-invoiced",
        "SELECT sum(cost) FROM stock_movement WHERE merchant = $1 AND cause = 'delivery'",
        "credit",
      ),
      owed: balanceCheck("receivable", "SELECT sum(owed) FROM customer_balance WHERE merchant = $1"),
      owedBySum: `SELECT customer, owed, moved FROM customer_balance
        LEFT JOIN (SELECT customer, sum(amount) AS moved FROM customer_movement WHERE merchant = $1 GROUP BY customer) m USING (customer)
        WHERE merchant = $1 AND owed <> coalesce(moved, 0)`,
      giftCards: balanceCheck("gift-card-liability", cardsOf("= 'gift-card'", "greatest(0, balance)"), "credit"),
      storeCredits: balanceCheck(
        "store-credit-liability",
        cardsOf("= 'store-credit'", "greatest(0, balance)"),
        "credit",
      ),
      cardsBySum: `SELECT kind, code, place, kept, moved FROM (
          SELECT kind, code, 'available' AS place, available AS kept FROM stored_value WHERE merchant = $1
          UNION ALL SELECT kind, code, terminal::text, amount FROM allotment WHERE merchant = $1) AS kept
        FULL JOIN (SELECT kind, code, place, sum(amount) AS moved FROM stored_value_movement WHERE merchant = $1 GROUP BY 1, 2, 3) AS moved
        USING (kind, code, place) WHERE coalesce(kept, 0) <> coalesce(moved, 0)`,
      declined: balanceCheck(
        "declined-card-receivable",
        `SELECT coalesce((SELECT sum(amount) FROM card_answer WHERE merchant = $1 AND outcome <> 'approved'), 0)
           + coalesce((${cardsOf("IN ('gift-card', 'store-credit')", "greatest(0, -balance)")}), 0)`,
      ),
      stored: balanceCheck(
        "offline-card-pending",
        `SELECT coalesce((SELECT sum(t.amount) FROM sale_tender t JOIN sale s USING (merchant, sale)
             WHERE t.merchant = $1 AND t.kind = 'card' AND t.state = 'stored-offline' AND NOT s.training), 0)
           - coalesce((SELECT sum(amount) FROM card_answer WHERE merchant = $1), 0)`,
      ),
    },
  },
  {
    number: 10,
    claim: "nothing is left between branches, nor without an explanation",
    queries: {
      clearing: `SELECT account, sum(debit - credit) AS left FROM (${LINES}) l WHERE account IN ('inter-branch', 'sync-suspense')
        GROUP BY account HAVING sum(debit - credit) <> 0`,
    },
  },
  {
    number: 11,
    claim: "numbers have no gaps, chains no breaks, and grand totals go on from each other",
    queries: {
      receipts: `SELECT series, min(number) AS first, max(number) AS last, count(DISTINCT number) AS held FROM sale
        WHERE merchant = $1 GROUP BY series HAVING count(DISTINCT number) <> max(number) OR count(*) <> count(DISTINCT (number, stream_tag))`,
      chains: `SELECT stream, seq FROM log_entry e WHERE merchant = $1 AND (
          encode(hash, 'hex') <> encode(sha256(convert_to(raw, 'UTF8')), 'hex')
          OR (seq > 0 AND NOT EXISTS (SELECT FROM log_entry p WHERE p.merchant = e.merchant AND p.stream = e.stream
                AND p.seq = e.seq - 1 AND p.hash = decode(e.raw::jsonb ->> 'prev', 'hex'))))`,
      reports: `SELECT terminal, max(number) AS last, count(DISTINCT number) AS held FROM z_report WHERE merchant = $1 AND posted
        GROUP BY terminal HAVING count(DISTINCT number) <> max(number)`,
      grandTotals: `SELECT terminal, number, grand_net, before + (report -> 'net')::bigint AS wanted FROM (
          SELECT *, coalesce(lag(grand_net) OVER (PARTITION BY terminal ORDER BY number), 0) AS before FROM z_report
          WHERE merchant = $1 AND posted) AS z WHERE grand_net <> before + (report -> 'net')::bigint`,
    },
  },
  {
    number: 12,
    claim: "each sale is posted once, its cost too, and each entry has its cause",
    queries: {
      unposted: `SELECT s.sale FROM (${SALES}) s WHERE (s.total <> 0 OR s.extended <> 0)
        AND NOT EXISTS (SELECT FROM journal_entry e WHERE e.merchant = $1 AND e.source = s.sale AND e.kind = 'rev')`,
      uncosted: `SELECT DISTINCT m.document FROM stock_movement m WHERE m.merchant = $1 AND m.cause IN ('sale', 'return') AND m.cost <> 0
        AND NOT EXISTS (SELECT FROM journal_entry e WHERE e.merchant = $1 AND e.source = m.document AND e.kind = 'cogs')`,
      causeless: `SELECT e.source, e.kind FROM journal_entry e WHERE e.merchant = $1 AND NOT EXISTS (
          SELECT FROM event v WHERE v.merchant = $1 AND v.event = e.source
          UNION ALL SELECT FROM sale s WHERE s.merchant = $1 AND s.sale = e.source
          UNION ALL SELECT FROM shift s WHERE s.merchant = $1 AND s.shift = e.source
          UNION ALL SELECT FROM z_report z WHERE z.merchant = $1 AND z.shift = e.source
          UNION ALL SELECT FROM cash_movement m WHERE m.merchant = $1 AND m.movement = e.source
          UNION ALL SELECT FROM account_payment p WHERE p.merchant = $1 AND p.payment = e.source
          UNION ALL SELECT FROM card_answer a WHERE a.merchant = $1 AND a.attempt = e.source
          UNION ALL SELECT FROM stock_count c WHERE c.merchant = $1 AND c.count = e.source
          UNION ALL SELECT FROM stock_movement m WHERE m.merchant = $1 AND m.document = e.source
          UNION ALL SELECT FROM stored_value_movement m WHERE m.merchant = $1 AND m.source = e.source)`,
      unsold: `SELECT v.event FROM event v JOIN log_entry e USING (merchant, hash) WHERE v.merchant = $1 AND v.type = 'sale-completed'
        AND v.status = 'applied' AND NOT EXISTS (SELECT FROM sale s WHERE s.merchant = $1 AND s.event = v.event)`,
    },
  },
  {
    number: 13,
    claim: "a terminal's Z report says what the server has of the same receipts",
    queries: {
      reports: `SELECT terminal, number, total, (report -> 'net')::bigint + (report -> 'storedValueSold' -> 'amount')::bigint AS reported
        FROM (${REPORTED}) r WHERE held = wanted
        AND total <> (report -> 'net')::bigint + (report -> 'storedValueSold' -> 'amount')::bigint`,
    },
  },
];
