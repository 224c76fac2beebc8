import { enrolRequestSchema } from "@holdfast/protocol/enrol";
import { Hono } from "hono";
import { readJson } from "../http/read-body.ts";
import type { ServerContext } from "../http/server-context.ts";
import { enrolTerminal } from "./enrol.ts";

/** What a device may ask before it is a terminal. */
export function terminalRoutes(context: ServerContext): Hono {
  const routes = new Hono();
  routes.post("/terminals/enrol", async (c) =>
    c.json(await enrolTerminal(context, await readJson(c, enrolRequestSchema)), 201),
  );
  return routes;
}
