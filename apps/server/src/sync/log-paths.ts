import { errorSchema } from "@holdfast/protocol/error";
import { haveReplySchema, haveRequestSchema, logReplySchema } from "@holdfast/protocol/log";
import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { json, jsonBody } from "../http/office-route.ts";
import { TERMINAL_REFUSALS, TERMINAL_SECURITY } from "../http/terminal-refusals.ts";

/** `logRoutes` in the document of the interface. */
export const LOG_PATHS: readonly RouteConfig[] = [
  {
    method: "post",
    path: "/v1/log",
    tags: ["terminals"],
    summary: "Bring signed entries: one `{raw, sig}` a line, gzip welcome",
    security: TERMINAL_SECURITY,
    request: { body: { required: true, content: { "application/x-ndjson": { schema: z.string() } } } },
    responses: { ...TERMINAL_REFUSALS, 200: json(logReplySchema, "What is held now, with signed receipts.") },
  },
  {
    method: "post",
    path: "/v1/log/rescue",
    tags: ["terminals"],
    summary: "Bring records kept outside the log: signed entries, or rows sealed to the server's key",
    security: TERMINAL_SECURITY,
    request: { body: { required: true, content: { "application/x-ndjson": { schema: z.string() } } } },
    responses: { ...TERMINAL_REFUSALS, 200: json(logReplySchema, "What is held now, with signed receipts.") },
  },
  {
    method: "post",
    path: "/v1/log/have",
    tags: ["terminals"],
    summary: "Which of these entries are missing here",
    security: TERMINAL_SECURITY,
    request: { body: jsonBody(haveRequestSchema) },
    responses: { ...TERMINAL_REFUSALS, 200: json(haveReplySchema, "The hashes that are not held.") },
  },
  {
    method: "post",
    path: "/v1/wiped",
    tags: ["terminals"],
    summary: "Say that everything was brought and every copy destroyed, where an answer's `Holdfast-Wipe` asked for it",
    security: TERMINAL_SECURITY,
    responses: {
      ...TERMINAL_REFUSALS,
      204: { description: "The terminal is revoked and its token void." },
      409: json(errorSchema, "Nobody asked for it."),
    },
  },
];
