import { enrolReplySchema, enrolRequestSchema } from "@holdfast/protocol/enrol";
import { errorSchema } from "@holdfast/protocol/error";
import type { RouteConfig } from "@hono/zod-openapi";
import { json, jsonBody } from "../http/office-route.ts";
import { TERMINAL_REFUSALS } from "../http/terminal-refusals.ts";

/** `terminalRoutes` in the document of the interface. */
export const TERMINAL_PATHS: readonly RouteConfig[] = [
  {
    method: "post",
    path: "/v1/terminals/enrol",
    tags: ["terminals"],
    summary: "Turn a device into a terminal with a code from the back office",
    security: [],
    request: { body: jsonBody(enrolRequestSchema) },
    responses: {
      ...TERMINAL_REFUSALS,
      201: json(enrolReplySchema, "Who the device is now, and its token."),
      404: json(errorSchema, "The code is not valid, was used, or is too old."),
    },
  },
];
