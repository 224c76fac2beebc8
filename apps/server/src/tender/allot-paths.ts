import { allotReplySchema, allotRequestSchema } from "@holdfast/protocol/allot";
import type { RouteConfig } from "@hono/zod-openapi";
import { json, jsonBody } from "../http/office-route.ts";
import { TERMINAL_REFUSALS, TERMINAL_SECURITY } from "../http/terminal-refusals.ts";

/** `allotRoutes` in the document of the interface. */
export const ALLOT_PATHS: readonly RouteConfig[] = [
  {
    method: "post",
    path: "/v1/allotments",
    tags: ["terminals"],
    summary: "Take the right to spend part of a gift card or store credit, as far as it is available",
    security: TERMINAL_SECURITY,
    request: { body: jsonBody(allotRequestSchema) },
    responses: { ...TERMINAL_REFUSALS, 200: json(allotReplySchema, "What this terminal may spend of it now.") },
  },
];
