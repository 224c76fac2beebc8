import { sumBy } from "@holdfast/domain/money/amount";
import {
  accountLinesQuerySchema,
  accountLinesSchema,
  entriesSchema,
  trialBalanceQuerySchema,
  trialBalanceSchema,
} from "@holdfast/protocol/office/ledger";
import { codeSchema, daySchema, uuidSchema } from "@holdfast/protocol/primitives";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { inSnapshot } from "../db/database.ts";
import { ApiError } from "../http/api-error.ts";
import { type OfficeEnv, requireRight } from "../http/office-auth.ts";
import { json, officeRoutes, REFUSALS } from "../http/office-route.ts";
import { pageOf, parsePageKey } from "../http/page-cursor.ts";
import type { ServerContext } from "../http/server-context.ts";
import {
  accountNamed,
  accountSums,
  entriesOf,
  type LineKey,
  linesOfAccount,
  receiptNumberOf,
} from "./entry-queries.ts";

const lineKeySchema: z.ZodType<LineKey> = z.tuple([daySchema, uuidSchema, z.string(), z.int()]);

const trialBalanceRoute = createRoute({
  method: "get",
  path: "/ledger/trial-balance",
  tags: ["ledger"],
  summary: "All accounts up to and with a day",
  middleware: [requireRight("read-ledger")],
  request: { query: trialBalanceQuerySchema },
  responses: { ...REFUSALS, 200: json(trialBalanceSchema, "Debits and credits; their sums are equal.") },
});

const accountRoute = createRoute({
  method: "get",
  path: "/ledger/accounts/{account}",
  tags: ["ledger"],
  summary: "The lines of one account, the newest first",
  middleware: [requireRight("read-ledger")],
  request: { params: z.object({ account: codeSchema }), query: accountLinesQuerySchema },
  responses: { ...REFUSALS, 200: json(accountLinesSchema, "One page of lines.") },
});

const entriesRoute = createRoute({
  method: "get",
  path: "/ledger/entries/{source}",
  tags: ["ledger"],
  summary: "The journal entries of one document",
  middleware: [requireRight("read-ledger")],
  request: { params: z.object({ source: uuidSchema }) },
  responses: { ...REFUSALS, 200: json(entriesSchema, "Every entry with its lines.") },
});

export function ledgerRoutes(context: ServerContext): OpenAPIHono<OfficeEnv> {
  const routes = officeRoutes();

  routes.openapi(trialBalanceRoute, async (c) => {
    const { merchant } = c.get("office");
    const { day, branch = null } = c.req.valid("query");
    const accounts = await inSnapshot(context.db, (tx) => accountSums(tx, merchant, { day, branch }));
    const debit = sumBy(accounts, (row) => row.debit);
    const credit = sumBy(accounts, (row) => row.credit);
    return c.json({ day, accounts, debit, credit }, 200);
  });

  routes.openapi(accountRoute, async (c) => {
    const { merchant } = c.get("office");
    const { after: cursor, limit, ...filter } = c.req.valid("query");
    const scope = { ...filter, merchant, account: c.req.valid("param").account };
    const after = parsePageKey(cursor, lineKeySchema);
    const { account, found } = await inSnapshot(context.db, async (tx) => ({
      account: await accountNamed(tx, merchant, scope.account),
      found: await linesOfAccount(tx, scope, { after, limit }),
    }));
    if (account === null) throw new ApiError("not_found", "There is no such account.");
    const { rows, next } = pageOf(found, limit, (line) => [line.postingDay, line.source, line.kind, line.position]);
    return c.json({ account, lines: [...rows], next }, 200);
  });

  routes.openapi(entriesRoute, async (c) => {
    const { source } = c.req.valid("param");
    const { merchant } = c.get("office");
    const found = await inSnapshot(context.db, async (tx) => ({
      entries: await entriesOf(tx, merchant, source),
      sale: await receiptNumberOf(tx, merchant, source),
    }));
    if (found.entries.length === 0) throw new ApiError("not_found", "This document posted nothing.");
    return c.json(found, 200);
  });
  return routes;
}
