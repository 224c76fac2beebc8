import { type ImportNews, importNewsSchema, importQuerySchema } from "@holdfast/protocol/office/import";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { stream } from "hono/streaming";
import { ApiError } from "../../http/api-error.ts";
import { type OfficeEnv, requireRight } from "../../http/office-auth.ts";
import { officeRoutes, REFUSALS } from "../../http/office-route.ts";
import { invalidInput } from "../../http/read-body.ts";
import type { ServerContext } from "../../http/server-context.ts";
import { runImport } from "./run-import.ts";

const importRoute = createRoute({
  method: "post",
  path: "/products/import",
  tags: ["catalog"],
  summary: "Compare a file of products (CSV) with the catalogue, or take it in: all of it or nothing",
  request: { query: importQuerySchema },
  responses: {
    ...REFUSALS,
    200: {
      description: "How far it has come, line by line, and at last the report.",
      content: { "application/x-ndjson": { schema: importNewsSchema } },
    },
  },
});

export function importRoutes(context: ServerContext): OpenAPIHono<OfficeEnv> {
  const routes = officeRoutes();
  routes.openAPIRegistry.registerPath(importRoute);
  routes.post(importRoute.path, requireRight("edit-catalog"), (c) => {
    const { merchant } = c.get("office");
    const parsed = importQuerySchema.safeParse(c.req.query());
    if (!parsed.success) throw invalidInput(parsed.error);
    const query = parsed.data;
    const file = c.req.raw.body ?? new ReadableStream<Uint8Array>({ start: (controller) => controller.close() });
    const bytes = Number(c.req.header("content-length") ?? 0);
    c.header("content-type", "application/x-ndjson");
    c.header("x-accel-buffering", "no");
    return stream(c, async (out) => {
      const tell = (news: ImportNews): void => void out.write(`${JSON.stringify(news)}\n`);
      try {
        tell({ kind: "report", report: await runImport(context, { merchant, query, file, bytes, tell }) });
      } catch (error) {
        if (!(error instanceof ApiError)) context.log.error({ err: error }, "an import failed");
        const told =
          error instanceof ApiError ? error : new ApiError("internal", "The import failed. Nothing was taken in.");
        tell({ kind: "failed", ...told.toReply() });
      }
    });
  });
  return routes;
}
