import { sum, sumBy } from "@holdfast/domain/money/amount";
import type { Sale } from "@holdfast/domain/sale/sale";
import type { Tender } from "@holdfast/domain/tender/tender";
import { type CopyColumn, copyRows } from "../db/copy.ts";
import type { Lane } from "../db/lane.ts";
import type { CostedSale } from "../sync/ingest-store.ts";
import type { IngestScope } from "../sync/pg-ingest-store.ts";

/** The read model of sales: headers, lines and tenders, each in one statement. */
export async function insertSaleRows(lane: Lane, scope: IngestScope, sales: readonly CostedSale[]): Promise<void> {
  const headers = sales.map(({ sale, event }) => ({ scope, sale, event }));
  const lines = sales.flatMap(({ sale, costs }) =>
    sale.lines.map((line) => ({ scope, sale, line, cost: costs.get(line.line) ?? 0 })),
  );
  const tenders = sales.flatMap(({ sale }) =>
    sale.tenders.map((tender, index) => ({ scope, sale, tender, place: index + 1 })),
  );
  copyRows(lane, { table: "sale", columns: HEADER_COLUMNS }, headers);
  copyRows(lane, { table: "sale_line", columns: LINE_COLUMNS }, lines);
  copyRows(lane, { table: "sale_tender", columns: TENDER_COLUMNS }, tenders);
}

type OfSale = { readonly scope: IngestScope; readonly sale: Sale };

const HEADER_COLUMNS: readonly CopyColumn<OfSale & { readonly event: string }>[] = [
  ["merchant", "uuid", ({ scope }) => scope.merchant],
  ["sale", "uuid", ({ sale }) => sale.sale],
  ["event", "uuid", ({ event }) => event],
  ["branch", "uuid", ({ sale }) => sale.branch],
  ["terminal", "uuid", ({ sale }) => sale.terminal],
  ["shift", "uuid", ({ sale }) => sale.shift],
  ["cashier", "uuid", ({ sale }) => sale.cashier],
  ["cashier_name", "text", ({ sale }) => sale.cashierName],
  ["series", "text", ({ sale }) => sale.number.series],
  ["number", "int8", ({ sale }) => sale.number.number],
  ["stream_tag", "text", ({ sale }) => sale.number.stream],
  ["business_day", "date", ({ sale }) => sale.businessDay],
  ["occurred_at", "timestamptz", ({ sale }) => sale.completedAt],
  ["recorded_at", "timestamptz", ({ scope }) => scope.recordedAt],
  ["currency", "text", ({ sale }) => sale.rules.currency],
  ["exponent", "int2", ({ sale }) => sale.rules.exponent],
  ["line_count", "int4", ({ sale }) => sale.lines.length],
  ["extended", "int8", ({ sale }) => sale.totals.extended],
  ["discount", "int8", ({ sale }) => sale.totals.discount],
  ["ex_tax", "int8", ({ sale }) => sale.totals.exTax],
  ["tax", "int8", ({ sale }) => sale.totals.tax],
  ["total", "int8", ({ sale }) => sale.totals.total],
  ["change", "int8", ({ sale }) => sale.change],
  ["cash_rounding", "int8", ({ sale }) => sale.cashRounding],
  ["customer", "uuid", ({ sale }) => sale.customer?.customer ?? null],
  ["training", "bool", ({ sale }) => sale.training],
  ["post_void_of", "uuid", ({ sale }) => sale.postVoidOf ?? null],
];

type OfLine = OfSale & { readonly line: Sale["lines"][number]; readonly cost: number };

const LINE_COLUMNS: readonly CopyColumn<OfLine>[] = [
  ["merchant", "uuid", ({ scope }) => scope.merchant],
  ["sale", "uuid", ({ sale }) => sale.sale],
  ["line", "int4", ({ line }) => line.line],
  ["kind", "text", ({ line }) => line.kind],
  ["variant", "uuid", ({ line }) => line.variant],
  ["name", "text", ({ line }) => line.name],
  ["category", "text", ({ line }) => line.category],
  ["quantity_units", "int8", ({ line }) => line.quantity.units],
  ["quantity_scale", "int2", ({ line }) => line.quantity.scale],
  ["unit", "text", ({ line }) => line.quantity.unit],
  ["price_units", "int8", ({ line }) => line.unitPrice.units],
  ["price_scale", "int2", ({ line }) => line.unitPrice.scale],
  ["extended", "int8", ({ line }) => line.extended],
  ["discount", "int8", ({ line }) => sum(line.discountAmounts)],
  ["order_discount", "int8", ({ line }) => line.orderDiscount],
  ["ex_tax", "int8", ({ line }) => line.exTax],
  ["tax", "int8", ({ line }) => sumBy(line.lineTaxes, ({ amount }) => amount)],
  ["inc_tax", "int8", ({ line }) => line.incTax],
  ["cost", "int8", ({ cost }) => cost],
  ["original_sale", "uuid", ({ line }) => line.original?.sale ?? null],
  ["original_line", "int4", ({ line }) => line.original?.line ?? null],
];

type OfTender = OfSale & { readonly tender: Tender; readonly place: number };

const TENDER_COLUMNS: readonly CopyColumn<OfTender>[] = [
  ["merchant", "uuid", ({ scope }) => scope.merchant],
  ["sale", "uuid", ({ sale }) => sale.sale],
  ["tender", "int4", ({ place }) => place],
  ["kind", "text", ({ tender }) => tender.kind],
  ["amount", "int8", ({ tender }) => tender.amount],
  ["reference", "text", ({ tender }) => referenceOf(tender)],
  ["state", "text", ({ tender }) => (tender.kind === "card" ? tender.state : "")],
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
