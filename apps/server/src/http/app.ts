import { randomUUID } from "node:crypto";
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from "@holdfast/protocol/version";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { feedRoutes } from "../feed/feed-routes.ts";
import { terminalRoutes } from "../party/terminal-routes.ts";
import { wipeRoutes } from "../party/wipe-routes.ts";
import { logRoutes } from "../sync/log-routes.ts";
import { allotRoutes } from "../tender/allot-routes.ts";
import { ApiError } from "./api-error.ts";
import { healthRoutes } from "./health.ts";
import { officeApp } from "./office-app.ts";
import { openApiRoutes } from "./openapi.ts";
import { securityHeaders } from "./security-headers.ts";
import type { ServerContext } from "./server-context.ts";
import { type Site, siteRoutes } from "./site.ts";
import { terminalAuth } from "./terminal-auth.ts";

export type AppOptions = {
  readonly context: ServerContext;
  readonly siteOf: (port: number) => Site | null;
  /** Those it answers on: the back office's first, then one for each terminal address. */
  readonly ports: () => readonly number[];
};

/** Everything that is served: the interface for terminals, the one for the back office, and the two web apps. */
export function createApp({ context, siteOf, ports }: AppOptions): Hono {
  const app = new Hono();
  app.use(securityHeaders());
  app.onError((thrown, c) => {
    const error = thrown instanceof HTTPException ? new ApiError("bad_request", thrown.message) : thrown;
    if (error instanceof ApiError) {
      const { retryAfterSeconds } = error.details;
      if (retryAfterSeconds !== undefined) c.header("retry-after", String(retryAfterSeconds));
      return c.json(error.toReply(), error.status);
    }
    const reference = randomUUID();
    context.log.error({ err: error, reference, path: c.req.path }, "a request failed");
    return c.json(unexpected(error, reference), isUnavailable(error) ? 503 : 500);
  });

  app.route("/", healthRoutes(context));
  app.use("/v1/*", async (c, next) => {
    c.header(PROTOCOL_HEADER, String(PROTOCOL_VERSION));
    c.header("cache-control", "no-store");
    await next();
  });
  const office = officeApp(context, ports);
  app.route("/", openApiRoutes(office));
  app.route("/v1/office", office);
  app.route("/v1", terminalRoutes(context));
  const terminals = new Hono();
  terminals.use(terminalAuth(context));
  terminals.route("/", logRoutes(context));
  terminals.route("/", feedRoutes(context));
  terminals.route("/", allotRoutes(context));
  terminals.route("/", wipeRoutes(context));
  app.route("/v1", terminals);
  app.all("/v1/*", () => {
    throw new ApiError("not_found", "There is nothing at this address: see /openapi.json for what there is.");
  });
  app.route("/", siteRoutes(siteOf));
  return app;
}

function unexpected(error: unknown, reference: string): object {
  const code = isUnavailable(error) ? "unavailable" : "internal";
  const message =
    code === "unavailable"
      ? "The database cannot be reached just now. Nothing was lost; try again in a moment."
      : `Something went wrong on the server. Quote ${reference} when you report it.`;
  return { error: { code, message } };
}

/** Connection failures, shutdown and resource classes of SQLSTATE: the system, not the request. */
function isUnavailable(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  return /^(08|53|57|58|25006)/.test(code) || /^E(CONN|PIPE|TIMEDOUT)/.test(code);
}
