import { shiftDetailSchema, shiftListQuerySchema, shiftListSchema } from "@holdfast/protocol/office/shifts";
import { uuidSchema } from "@holdfast/protocol/primitives";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { inSnapshot } from "../db/database.ts";
import { ApiError } from "../http/api-error.ts";
import { type OfficeEnv, requireRight } from "../http/office-auth.ts";
import { json, officeRoutes, REFUSALS } from "../http/office-route.ts";
import { pageOf, parsePageKey } from "../http/page-cursor.ts";
import type { ServerContext } from "../http/server-context.ts";
import { deedsOfShift, listedShifts, printedReport, type ShiftKey, shiftOf } from "./shift-queries.ts";

const shiftKeySchema: z.ZodType<ShiftKey> = z.tuple([z.iso.datetime(), uuidSchema]);

const listRoute = createRoute({
  method: "get",
  path: "/shifts",
  tags: ["shifts"],
  summary: "Shifts and what their cash counts found",
  middleware: [requireRight("read-sales")],
  request: { query: shiftListQuerySchema },
  responses: { ...REFUSALS, 200: json(shiftListSchema, "One page, the newest first.") },
});

const detailRoute = createRoute({
  method: "get",
  path: "/shifts/{shift}",
  tags: ["shifts"],
  summary: "One shift with its Z report and what was done with its cash",
  middleware: [requireRight("read-sales")],
  request: { params: z.object({ shift: uuidSchema }) },
  responses: { ...REFUSALS, 200: json(shiftDetailSchema, "The shift.") },
});

export function shiftRoutes(context: ServerContext): OpenAPIHono<OfficeEnv> {
  const routes = officeRoutes();

  routes.openapi(listRoute, async (c) => {
    const { after, limit, ...filter } = c.req.valid("query");
    const scope = { ...filter, merchant: c.get("office").merchant };
    const place = { after: parsePageKey(after, shiftKeySchema), limit };
    const found = await inSnapshot(context.db, (tx) => listedShifts(tx, scope, place));
    const { rows, next } = pageOf(found, limit, ({ openedAt, shift }) => [openedAt, shift]);
    return c.json({ shifts: [...rows], next }, 200);
  });

  routes.openapi(detailRoute, async (c) => {
    const { merchant } = c.get("office");
    const { shift: id } = c.req.valid("param");
    const detail = await inSnapshot(context.db, async (tx) => {
      const shift = await shiftOf(tx, merchant, id);
      if (shift === null) return null;
      return { shift, report: await printedReport(tx, merchant, id), deeds: await deedsOfShift(tx, merchant, id) };
    });
    if (detail === null) throw new ApiError("not_found", "There is no such shift.");
    return c.json(detail, 200);
  });
  return routes;
}
