import { logReplySchema } from "@holdfast/protocol/log";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { type OfficeEnv, requireRight } from "../http/office-auth.ts";
import { json, officeRoutes, REFUSALS } from "../http/office-route.ts";
import { readText } from "../http/read-body.ts";
import type { ServerContext } from "../http/server-context.ts";
import { takeRescue } from "./rescue.ts";

const rescueRoute = createRoute({
  method: "post",
  path: "/rescue",
  tags: ["terminals"],
  summary: "Bring a file of unsent records that a till saved; bringing it twice changes nothing",
  middleware: [requireRight("enrol-terminals")],
  request: { body: { required: true, content: { "application/x-ndjson": { schema: z.string() } } } },
  responses: { ...REFUSALS, 200: json(logReplySchema, "What is held now, and what was set aside.") },
});

/** Whoever carries the file can delay it, but not change it: every record in it is signed by its till. */
export function rescueRoutes(context: ServerContext): OpenAPIHono<OfficeEnv> {
  const routes = officeRoutes();
  routes.openapi(rescueRoute, async (c) => {
    const { merchant } = c.get("office");
    return c.json(await takeRescue(context, { merchant, courier: null, text: await readText(c) }), 200);
  });
  return routes;
}
