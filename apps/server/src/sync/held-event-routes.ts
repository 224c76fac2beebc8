import type { BranchId } from "@holdfast/domain/party/merchant";
import { branchChannel } from "@holdfast/protocol/channel";
import { type BookHeldReply, bookHeldReplySchema, bookHeldRequestSchema } from "@holdfast/protocol/office/cases";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { type OfficeEnv, requireRight } from "../http/office-auth.ts";
import { json, jsonBody, officeRoutes, REFUSALS } from "../http/office-route.ts";
import type { ServerContext } from "../http/server-context.ts";
import { bookHeldEvent } from "./book-held-event.ts";

const bookRoute = createRoute({
  method: "post",
  path: "/quarantine/book",
  tags: ["inbox"],
  summary: "Try again to book records that were set aside; one that still cannot be booked keeps no other back",
  middleware: [requireRight("close-cases")],
  request: { body: jsonBody(bookHeldRequestSchema) },
  responses: { ...REFUSALS, 200: json(bookHeldReplySchema, "How many are booked, and why the others are not.") },
});

export function heldEventRoutes(context: ServerContext): OpenAPIHono<OfficeEnv> {
  const routes = officeRoutes();

  routes.openapi(bookRoute, async (c) => {
    const { merchant, staff, name } = c.get("office");
    const held: BookHeldReply["held"] = [];
    const branches = new Set<BranchId>();
    let booked = 0;
    for (const event of c.req.valid("json").events) {
      const outcome = await bookHeldEvent(context, { merchant, event, by: { staff, name } });
      if (outcome.kind === "booked") {
        booked += 1;
        for (const branch of outcome.branches) branches.add(branch);
      }
      if (outcome.kind === "held") held.push({ event, code: outcome.code, message: outcome.message });
    }
    context.live.changed(merchant, [...branches].map(branchChannel));
    return c.json({ booked, held }, 200);
  });
  return routes;
}
