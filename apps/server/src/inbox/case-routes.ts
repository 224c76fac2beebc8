import type { VariantId } from "@holdfast/domain/catalog/variant";
import { isUuid } from "@holdfast/domain/kernel/id";
import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import {
  type CaseDetail,
  caseDetailSchema,
  caseListQuerySchema,
  caseListSchema,
  closeCaseRequestSchema,
  type OfficeCase,
  type Oversold,
  officeCaseSchema,
  quarantineQuerySchema,
  quarantineSchema,
} from "@holdfast/protocol/office/cases";
import { caseMovementsMax } from "@holdfast/protocol/office/limits";
import { uuidSchema } from "@holdfast/protocol/primitives";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { inSnapshot, inTransaction, type Tx } from "../db/database.ts";
import { ApiError } from "../http/api-error.ts";
import { type OfficeEnv, requireRight } from "../http/office-auth.ts";
import { insertOfficeEvent } from "../http/office-event.ts";
import { json, jsonBody, officeRoutes, REFUSALS } from "../http/office-route.ts";
import { pageOf, parsePageKey } from "../http/page-cursor.ts";
import { isoNow, type ServerContext } from "../http/server-context.ts";
import {
  type CaseKey,
  caseOf,
  closeCase,
  listedCases,
  quarantinedRecords,
  recordOfEvent,
  stockOf,
} from "./case-queries.ts";
import { movementsBelowZero } from "./oversold.ts";

/** Movements of a variant at a branch, the newest first; the stock's to know. */
export type MovementsOf = (
  tx: Tx,
  scope: { readonly merchant: MerchantId; readonly branch: BranchId; readonly variant: VariantId },
  place: { readonly after: null; readonly limit: number },
) => Promise<Oversold["movements"]>;

const caseKeySchema: z.ZodType<CaseKey> = z.tuple([z.iso.datetime(), uuidSchema]);
const caseParams = z.object({ case: uuidSchema });

const listRoute = createRoute({
  method: "get",
  path: "/cases",
  tags: ["inbox"],
  summary: "What a person has to look at",
  middleware: [requireRight("read-cases")],
  request: { query: caseListQuerySchema },
  responses: { ...REFUSALS, 200: json(caseListSchema, "One page.") },
});

const detailRoute = createRoute({
  method: "get",
  path: "/cases/{case}",
  tags: ["inbox"],
  summary: "One case with what it is about",
  middleware: [requireRight("read-cases")],
  request: { params: caseParams },
  responses: { ...REFUSALS, 200: json(caseDetailSchema, "The case, and the movements or the record behind it.") },
});

const closeRoute = createRoute({
  method: "post",
  path: "/cases/{case}/close",
  tags: ["inbox"],
  summary: "Close a case with a note",
  middleware: [requireRight("close-cases")],
  request: { params: caseParams, body: jsonBody(closeCaseRequestSchema) },
  responses: { ...REFUSALS, 200: json(officeCaseSchema, "The case with who closed it, when and why.") },
});

const quarantineRoute = createRoute({
  method: "get",
  path: "/quarantine",
  tags: ["inbox"],
  summary: "Records that are stored and not booked",
  middleware: [requireRight("read-cases")],
  request: { query: quarantineQuerySchema },
  responses: { ...REFUSALS, 200: json(quarantineSchema, "One page, the newest first.") },
});

export function caseRoutes(context: ServerContext, movementsOf: MovementsOf): OpenAPIHono<OfficeEnv> {
  const routes = officeRoutes();

  routes.openapi(listRoute, async (c) => {
    const { after, limit, state } = c.req.valid("query");
    const scope = { merchant: c.get("office").merchant, state };
    const place = { after: parsePageKey(after, caseKeySchema), limit };
    const found = await inSnapshot(context.db, (tx) => listedCases(tx, scope, place));
    const { rows, next } = pageOf(found, limit, (each) => [each.closedAt ?? each.openedAt, each.case]);
    return c.json({ cases: [...rows], next }, 200);
  });

  routes.openapi(detailRoute, async (c) => {
    const { merchant } = c.get("office");
    const { case: id } = c.req.valid("param");
    const detail = await inSnapshot(context.db, async (tx) => {
      const found = await caseOf(tx, merchant, id);
      return found === null ? null : await readDetail(tx, { merchant, found, movementsOf });
    });
    if (detail === null) throw new ApiError("not_found", "There is no such case.");
    return c.json(detail, 200);
  });

  routes.openapi(closeRoute, async (c) => {
    const { merchant, staff, name } = c.get("office");
    const { case: id } = c.req.valid("param");
    const resolution = { by: staff, name, note: c.req.valid("json").note.trim(), at: isoNow(context) };
    const closed = await inTransaction(context.db, async (tx) => {
      const result = await closeCase(tx, { merchant, id }, resolution);
      if (result !== null) {
        const { kind, subject } = result;
        const done = { merchant, event: context.newId(), type: "case-closed" as const, staff, subject: id };
        const body = { kind, subject, note: resolution.note };
        await insertOfficeEvent(tx, { ...done, body, recordedAt: resolution.at });
        return result;
      }
      const held = await caseOf(tx, merchant, id);
      if (held === null) throw new ApiError("not_found", "There is no such case.");
      throw new ApiError("conflict", `${held.resolution?.name ?? "Somebody"} closed this case already.`);
    });
    return c.json(closed, 200);
  });

  routes.openapi(quarantineRoute, async (c) => {
    const { after, limit } = c.req.valid("query");
    const { merchant } = c.get("office");
    const place = { after: parsePageKey(after, caseKeySchema), limit };
    const found = await inSnapshot(context.db, (tx) => quarantinedRecords(tx, merchant, place));
    const { rows, next } = pageOf(found, limit, ({ recordedAt, event }) => [recordedAt, event]);
    return c.json({ records: [...rows], next }, 200);
  });
  return routes;
}

type Reading = { readonly merchant: MerchantId; readonly found: OfficeCase; readonly movementsOf: MovementsOf };

async function readDetail(tx: Tx, { merchant, found, movementsOf }: Reading): Promise<CaseDetail> {
  const { kind, subject } = found;
  const isAboutRecord = kind === "quarantined" || kind === "event-conflict";
  return {
    case: found,
    oversold: kind === "oversold" ? await readOversold(tx, { merchant, subject, movementsOf }) : null,
    record: isAboutRecord ? await recordOfEvent(tx, merchant, subject) : null,
  };
}

/** The subject of oversold goods is `<branch>:<variant>`. */
async function readOversold(
  tx: Tx,
  { merchant, subject, movementsOf }: Omit<Reading, "found"> & { readonly subject: string },
): Promise<Oversold | null> {
  const [branch = "", variant = ""] = subject.split(":");
  if (!isUuid(branch) || !isUuid(variant)) return null;
  const scope = { merchant, branch: branch as BranchId, variant: variant as VariantId };
  const stock = await stockOf(tx, scope);
  if (stock === null) return null;
  const movements = await movementsOf(tx, scope, { after: null, limit: caseMovementsMax });
  return { ...stock, movements: movementsBelowZero(movements) };
}
