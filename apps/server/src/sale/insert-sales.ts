import { sum, sumBy } from "@holdfast/domain/money/amount";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { Tender } from "@holdfast/domain/tender/tender";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { CostedSale } from "../sync/ingest-store.ts";
import type { IngestScope } from "../sync/pg-ingest-store.ts";

/** The read model of sales: headers, lines and tenders, each in one statement. */
export async function insertSaleRows(tx: Tx, scope: IngestScope, sales: readonly CostedSale[]): Promise<void> {
  if (sales.length === 0) return;
  await insertHeaders(tx, scope, sales);
  await insertLines(tx, scope, sales);
  await insertTenders(tx, scope, sales);
}

async function insertHeaders(
  tx: Tx,
  { merchant, recordedAt }: IngestScope,
  sales: readonly CostedSale[],
): Promise<void> {
  const rows = sales.map(({ sale, event }) => headerJson(sale, event));
  await sql`
    INSERT INTO sale (merchant, sale, event, branch, terminal, shift, cashier, cashier_name, series, number, stream_tag,
                      business_day, occurred_at, recorded_at, currency, exponent, line_count, extended, discount, ex_tax, tax,
                      total, change, cash_rounding, customer, training, post_void_of)
    SELECT ${merchant}::uuid, sale, event, branch, terminal, shift, cashier, cashier_name, series, number, stream_tag,
           business_day, occurred_at, ${recordedAt}::timestamptz, currency, exponent, line_count, extended, discount, ex_tax, tax,
           total, change, cash_rounding, customer, training, post_void_of
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS row (sale uuid, event uuid, branch uuid, terminal uuid, shift uuid, cashier uuid, cashier_name text, series text,
              number bigint, stream_tag text, business_day date, occurred_at timestamptz, currency text, exponent smallint,
              line_count int, extended bigint, discount bigint, ex_tax bigint, tax bigint, total bigint, change bigint,
              cash_rounding bigint, customer uuid, training boolean, post_void_of uuid)`.execute(tx);
}

function headerJson(sale: Sale, event: string): object {
  const { totals, rules, number } = sale;
  return {
    sale: sale.sale,
    event,
    branch: sale.branch,
    terminal: sale.terminal,
    shift: sale.shift,
    cashier: sale.cashier,
    cashier_name: sale.cashierName,
    series: number.series,
    number: number.number,
    stream_tag: number.stream,
    business_day: sale.businessDay,
    occurred_at: sale.completedAt,
    currency: rules.currency,
    exponent: rules.exponent,
    line_count: sale.lines.length,
    extended: totals.extended,
    discount: totals.discount,
    ex_tax: totals.exTax,
    tax: totals.tax,
    total: totals.total,
    change: sale.change,
    cash_rounding: sale.cashRounding,
    customer: sale.customer?.customer,
    training: sale.training,
    post_void_of: sale.postVoidOf,
  };
}

async function insertLines(tx: Tx, { merchant }: IngestScope, sales: readonly CostedSale[]): Promise<void> {
  const rows = sales.flatMap(({ sale, costs }) =>
    sale.lines.map((line) => ({
      sale: sale.sale,
      line: line.line,
      kind: line.kind,
      variant: line.variant,
      name: line.name,
      category: line.category,
      quantity_units: line.quantity.units,
      quantity_scale: line.quantity.scale,
      unit: line.quantity.unit,
      price_units: line.unitPrice.units,
      price_scale: line.unitPrice.scale,
      extended: line.extended,
      discount: sum(line.discountAmounts),
      order_discount: line.orderDiscount,
      ex_tax: line.exTax,
      tax: sumBy(line.lineTaxes, ({ amount }) => amount),
      inc_tax: line.incTax,
      cost: costs.get(line.line) ?? 0,
      original_sale: line.original?.sale,
      original_line: line.original?.line,
    })),
  );
  await sql`
    INSERT INTO sale_line (merchant, sale, line, kind, variant, name, category, quantity_units, quantity_scale, unit, price_units,
                           price_scale, extended, discount, order_discount, ex_tax, tax, inc_tax, cost, original_sale, original_line)
    SELECT ${merchant}::uuid, row.* FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS row (sale uuid, line int, kind text, variant uuid, name text, category text, quantity_units bigint, quantity_scale smallint,
              unit text, price_units bigint, price_scale smallint, extended bigint, discount bigint, order_discount bigint,
              ex_tax bigint, tax bigint, inc_tax bigint, cost bigint, original_sale uuid, original_line int)`.execute(
    tx,
  );
}

async function insertTenders(tx: Tx, { merchant }: IngestScope, sales: readonly CostedSale[]): Promise<void> {
  const rows = sales.flatMap(({ sale }) =>
    sale.tenders.map((tender, index) => ({
      sale: sale.sale,
      tender: index + 1,
      kind: tender.kind,
      amount: tender.amount,
      reference: referenceOf(tender),
      state: tender.kind === "card" ? tender.state : "",
    })),
  );
  if (rows.length === 0) return;
  await sql`
    INSERT INTO sale_tender (merchant, sale, tender, kind, amount, reference, state)
    SELECT ${merchant}::uuid, row.* FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS row (sale uuid, tender int, kind text, amount bigint, reference text, state text)`.execute(tx);
}

function referenceOf(tender: Tender): string {
  switch (tender.kind) {
    case "cash":
      return "";
    case "card":
      return tender.reference;
    case "gift-card":
      return tender.card;
    case "store-credit":
      return tender.credit;
    case "on-account":
      return tender.customer;
  }
}
