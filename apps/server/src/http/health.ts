import { Hono } from "hono";
import { sql } from "kysely";
import { collectDefaultMetrics, Registry } from "prom-client";
import type { ServerContext } from "./server-context.ts";

/** Liveness, readiness and metrics. Ready means that a sale could be stored now, so readiness writes. */
export function healthRoutes(context: ServerContext): Hono {
  const routes = new Hono();
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  routes.get("/health", (c) => c.json({ status: "alive" }));

  routes.get("/ready", async (c) => {
    c.header("cache-control", "no-store");
    try {
      await sql`INSERT INTO readiness (probe, at) VALUES (1, ${new Date(context.now()).toISOString()}::timestamptz)
                ON CONFLICT (probe) DO UPDATE SET at = excluded.at`.execute(context.db);
      return c.json({ status: "ready" });
    } catch (error) {
      context.log.error({ err: error }, "the database takes no writes");
      return c.json({ status: "not ready", reason: "the database takes no writes" }, 503);
    }
  });

  routes.get("/metrics", async (c) => c.text(await registry.metrics(), 200, { "content-type": registry.contentType }));
  return routes;
}
