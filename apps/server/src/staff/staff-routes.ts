import type { StaffId } from "@holdfast/domain/staff/staff";
import {
  officeStaffSchema,
  type SaveStaffRequest,
  saveStaffRequestSchema,
  setPasswordRequestSchema,
  setPinRequestSchema,
  staffListSchema,
} from "@holdfast/protocol/office/staff";
import { uuidOf } from "@holdfast/protocol/primitives";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { inSnapshot } from "../db/database.ts";
import { type OfficeEnv, requireRight } from "../http/office-auth.ts";
import { json, jsonBody, officeRoutes, REFUSALS } from "../http/office-route.ts";
import type { ServerContext } from "../http/server-context.ts";
import { changeStaff, setPassword, setPin } from "./change-staff.ts";
import { allStaff } from "./staff-queries.ts";

const staffParams = z.object({ staff: uuidOf<StaffId>() });

const listRoute = createRoute({
  method: "get",
  path: "/staff",
  tags: ["staff"],
  summary: "Everybody who works here, or did",
  middleware: [requireRight("read-staff")],
  responses: { ...REFUSALS, 200: json(staffListSchema, "By name, those who left last.") },
});

const saveRoute = createRoute({
  method: "put",
  path: "/staff/{staff}",
  tags: ["staff"],
  summary: "Add or change a person; tills of their branches hear of it at once",
  middleware: [requireRight("edit-staff")],
  request: { params: staffParams, body: jsonBody(saveStaffRequestSchema) },
  responses: { ...REFUSALS, 200: json(officeStaffSchema, "The person as they stand now.") },
});

const pinRoute = createRoute({
  method: "post",
  path: "/staff/{staff}/pin",
  tags: ["staff"],
  summary: "Set the PIN of a person for the tills; a manager only of those below",
  middleware: [requireRight("set-pins")],
  request: { params: staffParams, body: jsonBody(setPinRequestSchema) },
  responses: { ...REFUSALS, 200: json(officeStaffSchema, "The person, now with a PIN.") },
});

const passwordRoute = createRoute({
  method: "post",
  path: "/staff/{staff}/password",
  tags: ["staff"],
  summary: "Set the password of a person for the back office; their sessions end",
  middleware: [requireRight("edit-staff")],
  request: { params: staffParams, body: jsonBody(setPasswordRequestSchema) },
  responses: { ...REFUSALS, 200: json(officeStaffSchema, "The person, now with a password.") },
});

export function staffRoutes(context: ServerContext): OpenAPIHono<OfficeEnv> {
  const routes = officeRoutes();

  routes.openapi(listRoute, async (c) => {
    const { merchant } = c.get("office");
    return c.json({ staff: await inSnapshot(context.db, (tx) => allStaff(tx, merchant)) }, 200);
  });

  routes.openapi(saveRoute, async (c) => {
    const { merchant, staff: by } = c.get("office");
    const request: SaveStaffRequest = c.req.valid("json");
    const key = { merchant, staff: c.req.valid("param").staff };
    return c.json(await changeStaff(context, { key, by }, request), 200);
  });

  routes.openapi(pinRoute, async (c) => {
    const { merchant, staff: by, role } = c.get("office");
    const key = { merchant, staff: c.req.valid("param").staff };
    return c.json(await setPin(context, { key, by, role }, c.req.valid("json").pin), 200);
  });

  routes.openapi(passwordRoute, async (c) => {
    const { merchant, staff: by } = c.get("office");
    const key = { merchant, staff: c.req.valid("param").staff };
    return c.json(await setPassword(context, { key, by }, c.req.valid("json").password), 200);
  });
  return routes;
}
