import { requestBytesMax } from "@holdfast/protocol/limits";
import { importBytesMax } from "@holdfast/protocol/office/limits";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { except } from "hono/combine";
import { importRoutes } from "../catalog/import/import-routes.ts";
import { productRoutes } from "../catalog/product-routes.ts";
import { openCasesAbout } from "../inbox/case-queries.ts";
import { caseRoutes, type MovementsOf } from "../inbox/case-routes.ts";
import { entriesOf } from "../ledger/entry-queries.ts";
import { ledgerRoutes } from "../ledger/ledger-routes.ts";
import { sessionRoutes } from "../office/session-routes.ts";
import { officeTerminalRoutes } from "../party/office-terminal-routes.ts";
import { dashboardRoutes } from "../report/dashboard-routes.ts";
import { saleRoutes } from "../sale/sale-routes.ts";
import { staffRoutes } from "../staff/staff-routes.ts";
import { bookedMovements } from "../stock/movement-queries.ts";
import { movementRoutes } from "../stock/movement-routes.ts";
import { heldEventRoutes } from "../sync/held-event-routes.ts";
import { rescueRoutes } from "../sync/rescue-routes.ts";
import { shiftRoutes } from "../till/shift-routes.ts";
import { ApiError } from "./api-error.ts";
import { type OfficeEnv, officeAuth, ownPortOnly, sameOriginOnly } from "./office-auth.ts";
import { officeRoutes } from "./office-route.ts";
import type { ServerContext } from "./server-context.ts";

/** The interface of the back office: one person's session, one merchant, rights by role. */
export function officeApp(context: ServerContext, ports: () => readonly number[]): OpenAPIHono<OfficeEnv> {
  const app = officeRoutes();
  app.use(ownPortOnly(ports));
  app.use(sameOriginOnly());
  app.post("/products/import", bodyLimit({ maxSize: importBytesMax, onError: refuseBody(importBytesMax) }));
  app.use(except(IMPORT_PATH, bodyLimit({ maxSize: requestBytesMax, onError: refuseBody(requestBytesMax) })));
  app.route("/", sessionRoutes(context));
  app.use(officeAuth(context));
  app.route("/", dashboardRoutes(context));
  app.route("/", saleRoutes(context, { entriesOf, openCasesAbout }));
  app.route("/", importRoutes(context));
  app.route("/", shiftRoutes(context));
  app.route("/", productRoutes(context));
  app.route("/", movementRoutes(context));
  app.route("/", officeTerminalRoutes(context, ports));
  app.route("/", rescueRoutes(context));
  app.route("/", staffRoutes(context));
  app.route("/", ledgerRoutes(context));
  app.route("/", heldEventRoutes(context));
  app.route("/", caseRoutes(context, movementsOf));
  app.all("/*", () => {
    throw new ApiError("not_found", "There is nothing at this address: see /openapi.json for what there is.");
  });
  return app;
}

const movementsOf: MovementsOf = async (tx, scope, place) =>
  (await bookedMovements(tx, scope, place)).map(({ rev: _rev, ...movement }) => movement);

/** The one request that carries a file. */
const IMPORT_PATH = "/v1/office/products/import";

/** What was not read stays in the connection, so nothing else may come through it. */
function refuseBody(maxBytes: number): (c: Context) => never {
  return (c) => {
    c.header("connection", "close");
    throw new ApiError("too_large", `The body is larger than ${maxBytes} bytes.`);
  };
}
