import { OFFICE_COOKIE, OFFICE_HEADER } from "@holdfast/protocol/office/session";
import { PROTOCOL_VERSION } from "@holdfast/protocol/version";
import { OpenAPIHono } from "@hono/zod-openapi";
import { Hono } from "hono";
import { FEED_PATHS } from "../feed/feed-paths.ts";
import { TERMINAL_PATHS } from "../party/terminal-paths.ts";
import { LOG_PATHS } from "../sync/log-paths.ts";
import { ALLOT_PATHS } from "../tender/allot-paths.ts";
import { HEALTH_PATHS } from "./health-paths.ts";
import type { OfficeEnv } from "./office-auth.ts";

type Document = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;

const DESCRIPTION = `Everything that Holdfast's server answers to. Terminals bring signed records and read the feed with a
token of their own; people use the back office with a session in a cookie. Whatever changes something there carries the header
\`${OFFICE_HEADER}: 1\` and comes from the back office's own origin.`;

/** The document of the whole interface, made from the schemas that the routes themselves use. */
export function openApiRoutes(office: OpenAPIHono<OfficeEnv>): Hono {
  const routes = new Hono();
  let document: Document | null = null;
  routes.get("/openapi.json", (c) => {
    document ??= describe(office);
    return c.json(document);
  });
  return routes;
}

function describe(office: OpenAPIHono<OfficeEnv>): Document {
  const whole = new OpenAPIHono();
  whole.openAPIRegistry.registerComponent("securitySchemes", "officeSession", {
    type: "apiKey",
    in: "cookie",
    name: OFFICE_COOKIE,
  });
  whole.openAPIRegistry.registerComponent("securitySchemes", "terminalToken", { type: "http", scheme: "bearer" });
  whole.route("/v1/office", office);
  for (const path of [...TERMINAL_PATHS, ...LOG_PATHS, ...FEED_PATHS, ...ALLOT_PATHS, ...HEALTH_PATHS]) {
    whole.openAPIRegistry.registerPath(path);
  }
  return whole.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Holdfast", version: String(PROTOCOL_VERSION), description: DESCRIPTION, license: { name: "MIT" } },
    security: [{ officeSession: [] }],
  });
}
