import { sum, sumBy } from "@holdfast/domain/money/amount";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { Tender } from "@holdfast/domain/tender/tender";
import type pg from "pg";
import { type CopyColumn, copyRows } from "../db/copy.ts";
import type { CostedSale } from "../sync/ingest-store.ts";
import type { IngestScope } from "../sync/pg-ingest-store.ts";

/** The read model of sales: headers, lines and tenders, each in one statement. */
export async function insertSaleRows(
  client: pg.ClientBase,
  scope: IngestScope,
  sales: readonly CostedSale[],
): Promise<void> {
  const headers = sales.map(({ sale, event }) => ({ scope, sale, event }));
  const lines = sales.flatMap(({ sale, costs }) =>
    sale.lines.map((line) => ({ scope, sale, line, cost: costs.get(line.line) ?? 0 })),
  );
  const tenders = sales.flatMap(({ sale }) =>
    sale.tenders.map((tender, index) => ({ scope, sale, tender, place: index + 1 })),
  );
  await copyRows(client, { table: "sale", columns: HEADER_COLUMNS }, headers);
  await copyRows(client, { table: "sale_line", columns: LINE_COLUMNS }, lines);
  await copyRows(client, { table: "sale_tender", columns: TENDER_COLUMNS }, tenders);
}

type OfSale = { readonly scope: IngestScope; readonly sale: Sale };

const HEADER_COLUMNS: readonly CopyColumn<OfSale & { readonly event: string }>[] = [
  ["merchant", ({ scope }) => scope.merchant],
  ["sale", ({ sale }) => sale.sale],
  ["event", ({ event }) => event],
  ["branch", ({ sale }) => sale.branch],
  ["terminal", ({ sale }) => sale.terminal],
  ["shift", ({ sale }) => sale.shift],
  ["cashier", ({ sale }) => sale.cashier],
  ["cashier_name", ({ sale }) => sale.cashierName],
  ["series", ({ sale }) => sale.number.series],
  ["number", ({ sale }) => sale.number.number],
  ["stream_tag", ({ sale }) => sale.number.stream],
  ["business_day", ({ sale }) => sale.businessDay],
  ["occurred_at", ({ sale }) => sale.completedAt],
  ["recorded_at", ({ scope }) => scope.recordedAt],
  ["currency", ({ sale }) => sale.rules.currency],
  ["exponent", ({ sale }) => sale.rules.exponent],
  ["line_count", ({ sale }) => sale.lines.length],
  ["extended", ({ sale }) => sale.totals.extended],
  ["discount", ({ sale }) => sale.totals.discount],
  ["ex_tax", ({ sale }) => sale.totals.exTax],
  ["tax", ({ sale }) => sale.totals.tax],
  ["total", ({ sale }) => sale.totals.total],
  ["change", ({ sale }) => sale.change],
  ["cash_rounding", ({ sale }) => sale.cashRounding],
  ["customer", ({ sale }) => sale.customer?.customer ?? null],
  ["training", ({ sale }) => sale.training],
  ["post_void_of", ({ sale }) => sale.postVoidOf ?? null],
];

type OfLine = OfSale & { readonly line: Sale["lines"][number]; readonly cost: number };

const LINE_COLUMNS: readonly CopyColumn<OfLine>[] = [
  ["merchant", ({ scope }) => scope.merchant],
  ["sale", ({ sale }) => sale.sale],
  ["line", ({ line }) => line.line],
  ["kind", ({ line }) => line.kind],
  ["variant", ({ line }) => line.variant],
  ["name", ({ line }) => line.name],
  ["category", ({ line }) => line.category],
  ["quantity_units", ({ line }) => line.quantity.units],
  ["quantity_scale", ({ line }) => line.quantity.scale],
  ["unit", ({ line }) => line.quantity.unit],
  ["price_units", ({ line }) => line.unitPrice.units],
  ["price_scale", ({ line }) => line.unitPrice.scale],
  ["extended", ({ line }) => line.extended],
  ["discount", ({ line }) => sum(line.discountAmounts)],
  ["order_discount", ({ line }) => line.orderDiscount],
  ["ex_tax", ({ line }) => line.exTax],
  ["tax", ({ line }) => sumBy(line.lineTaxes, ({ amount }) => amount)],
  ["inc_tax", ({ line }) => line.incTax],
  ["cost", ({ cost }) => cost],
  ["original_sale", ({ line }) => line.original?.sale ?? null],
  ["original_line", ({ line }) => line.original?.line ?? null],
];

type OfTender = OfSale & { readonly tender: Tender; readonly place: number };

const TENDER_COLUMNS: readonly CopyColumn<OfTender>[] = [
  ["merchant", ({ scope }) => scope.merchant],
  ["sale", ({ sale }) => sale.sale],
  ["tender", ({ place }) => place],
  ["kind", ({ tender }) => tender.kind],
  ["amount", ({ tender }) => tender.amount],
  ["reference", ({ tender }) => referenceOf(tender)],
  ["state", ({ tender }) => (tender.kind === "card" ? tender.state : "")],
];

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
