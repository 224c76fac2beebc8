import type { VariantId } from "@holdfast/domain/catalog/variant";
import { movementListQuerySchema, movementListSchema } from "@holdfast/protocol/office/products";
import { uuidOf, uuidSchema } from "@holdfast/protocol/primitives";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { inSnapshot } from "../db/database.ts";
import { type OfficeEnv, requireRight } from "../http/office-auth.ts";
import { json, officeRoutes, REFUSALS } from "../http/office-route.ts";
import { pageOf, parsePageKey } from "../http/page-cursor.ts";
import type { ServerContext } from "../http/server-context.ts";
import { bookedMovements, type MovementKey } from "./movement-queries.ts";

const movementKeySchema: z.ZodType<MovementKey> = z.tuple([z.int(), z.iso.datetime(), uuidSchema, z.int()]);

const listRoute = createRoute({
  method: "get",
  path: "/products/{variant}/movements",
  tags: ["stock"],
  summary: "Why a variant's stock at a branch is what it is, the newest movement first",
  middleware: [requireRight("read-catalog")],
  request: { params: z.object({ variant: uuidOf<VariantId>() }), query: movementListQuerySchema },
  responses: { ...REFUSALS, 200: json(movementListSchema, "One page.") },
});

export function movementRoutes(context: ServerContext): OpenAPIHono<OfficeEnv> {
  const routes = officeRoutes();
  routes.openapi(listRoute, async (c) => {
    const { branch, limit, after } = c.req.valid("query");
    const scope = { merchant: c.get("office").merchant, branch, variant: c.req.valid("param").variant };
    const place = { after: parsePageKey(after, movementKeySchema), limit };
    const found = await inSnapshot(context.db, (tx) => bookedMovements(tx, scope, place));
    const { rows, next } = pageOf(found, limit, ({ rev, occurredAt, document, line }) => [
      rev,
      occurredAt,
      document,
      line,
    ]);
    const movements = rows.map(({ rev: _rev, terminal: _terminal, terminalName: _name, ...movement }) => movement);
    return c.json({ movements, next }, 200);
  });
  return routes;
}
