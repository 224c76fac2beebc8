import type { Uuid } from "@holdfast/domain/kernel/id";
import type { MerchantId } from "@holdfast/domain/party/merchant";
import type { OfficeCase } from "@holdfast/protocol/office/cases";
import type { OfficeEntry } from "@holdfast/protocol/office/ledger";
import {
  type SaleDetail,
  saleDetailSchema,
  saleListQuerySchema,
  saleListSchema,
} from "@holdfast/protocol/office/sales";
import { uuidSchema } from "@holdfast/protocol/primitives";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { inSnapshot, type Tx } from "../db/database.ts";
import { ApiError } from "../http/api-error.ts";
import { type OfficeEnv, requireRight } from "../http/office-auth.ts";
import { json, officeRoutes, REFUSALS } from "../http/office-route.ts";
import { pageOf, parsePageKey } from "../http/page-cursor.ts";
import type { ServerContext } from "../http/server-context.ts";
import { movementsOfSale, saleRecord, salesAfter } from "./sale-detail-queries.ts";
import { listedSales, type SaleKey, sumOfSales } from "./sale-queries.ts";
import { readSaleRecord } from "./signed-record.ts";

/** What others know of a sale: the ledger what it posted, the inbox which open cases are about it. */
export type AboutSale = {
  readonly entriesOf: (tx: Tx, merchant: MerchantId, source: Uuid) => Promise<OfficeEntry[]>;
  readonly openCasesAbout: (tx: Tx, merchant: MerchantId, subject: Uuid) => Promise<OfficeCase[]>;
};

const saleKeySchema: z.ZodType<SaleKey> = z.tuple([z.iso.datetime(), uuidSchema]);

const listRoute = createRoute({
  method: "get",
  path: "/sales",
  tags: ["sales"],
  summary: "Sales, the newest first",
  middleware: [requireRight("read-sales")],
  request: { query: saleListQuerySchema },
  responses: { ...REFUSALS, 200: json(saleListSchema, "One page, and the sum of all with the first.") },
});

const detailRoute = createRoute({
  method: "get",
  path: "/sales/{sale}",
  tags: ["sales"],
  summary: "One sale: receipt, stock, journal entries, and the record as it was signed",
  middleware: [requireRight("read-sales")],
  request: { params: z.object({ sale: uuidSchema }) },
  responses: { ...REFUSALS, 200: json(saleDetailSchema, "Everything that the sale did.") },
});

export function saleRoutes(context: ServerContext, about: AboutSale): OpenAPIHono<OfficeEnv> {
  const routes = officeRoutes();

  routes.openapi(listRoute, async (c) => {
    const { after: cursor, limit, ...filter } = c.req.valid("query");
    const scope = { ...filter, merchant: c.get("office").merchant };
    const after = parsePageKey(cursor, saleKeySchema);
    const { found, sum } = await inSnapshot(context.db, async (tx) => ({
      found: await listedSales(tx, scope, { after, limit }),
      sum: after === null ? await sumOfSales(tx, scope) : null,
    }));
    const { rows, next } = pageOf(found, limit, ({ occurredAt, sale }) => [occurredAt, sale]);
    return c.json({ sales: [...rows], next, sum }, 200);
  });

  routes.openapi(detailRoute, async (c) => {
    const { merchant } = c.get("office");
    const key = { merchant, sale: c.req.valid("param").sale };
    const detail = await inSnapshot(context.db, (tx) => readDetail(tx, key, about));
    if (detail === null) throw new ApiError("not_found", "There is no such sale.");
    return c.json(detail, 200);
  });
  return routes;
}

type SaleId = { readonly merchant: MerchantId; readonly sale: Uuid };

async function readDetail(tx: Tx, key: SaleId, about: AboutSale): Promise<SaleDetail | null> {
  const record = await saleRecord(tx, key);
  if (record === null) return null;
  const { branchName, branchAddress, terminalName, timeZone, merchantName, taxNumber, receiptFooter } = record;
  const { sale, signed } = readSaleRecord(record);
  return {
    sale,
    branchName,
    branchAddress,
    terminalName,
    timeZone,
    merchantName,
    taxNumber,
    receiptFooter,
    recordedAt: signed.recordedAt,
    movements: await movementsOfSale(tx, key),
    entries: await about.entriesOf(tx, key.merchant, key.sale),
    signed,
    followedBy: await salesAfter(tx, key),
    cases: await about.openCasesAbout(tx, key.merchant, key.sale),
  };
}
