import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { json } from "./office-route.ts";

/** `healthRoutes` in the document of the interface. */
export const HEALTH_PATHS: readonly RouteConfig[] = [
  {
    method: "get",
    path: "/health",
    tags: ["operating"],
    summary: "Whether the process is alive",
    security: [],
    responses: { 200: json(z.object({ status: z.literal("alive") }), "It is.") },
  },
  {
    method: "get",
    path: "/ready",
    tags: ["operating"],
    summary: "Whether a sale could be stored now: it writes to find out",
    security: [],
    responses: {
      200: json(z.object({ status: z.literal("ready") }), "It could."),
      503: json(z.object({ status: z.literal("not ready"), reason: z.string() }), "It could not, and why."),
    },
  },
  {
    method: "get",
    path: "/metrics",
    tags: ["operating"],
    summary: "Figures for Prometheus",
    security: [],
    responses: {
      200: { description: "In Prometheus text format.", content: { "text/plain": { schema: z.string() } } },
    },
  },
];
