import { type Amount, sumBy } from "@holdfast/domain/money/amount";
import { type Dashboard, dashboardQuerySchema, dashboardSchema } from "@holdfast/protocol/office/dashboard";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { inSnapshot, type Tx } from "../db/database.ts";
import { type OfficeEnv, requireRight } from "../http/office-auth.ts";
import { json, officeRoutes, REFUSALS } from "../http/office-route.ts";
import { isoNow, type ServerContext } from "../http/server-context.ts";
import { missingRecords } from "../sync/missing-records.ts";
import {
  type DashboardScope,
  openMatters,
  takingsByBranch,
  takingsByHour,
  takingsByTender,
  takingsOfLastDays,
  terminalContacts,
  topProducts,
} from "./dashboard-queries.ts";

/** A terminal that sells asks for news all the time; one that was not heard of for this long may hold unsent sales. */
const SILENT_AFTER_MS = 15 * 60_000;

const dashboardRoute = createRoute({
  method: "get",
  path: "/dashboard",
  tags: ["reports"],
  summary: "Today's takings, and whether they are whole",
  middleware: [requireRight("read-reports")],
  request: { query: dashboardQuerySchema },
  responses: { ...REFUSALS, 200: json(dashboardSchema, "Everything of one moment.") },
});

export function dashboardRoutes(context: ServerContext): OpenAPIHono<OfficeEnv> {
  const routes = officeRoutes();
  routes.openapi(dashboardRoute, async (c) => {
    const { merchant } = c.get("office");
    const { branch = null } = c.req.valid("query");
    const scope = { merchant, branch, now: isoNow(context) };
    return c.json(await inSnapshot(context.db, (tx) => readDashboard(tx, scope)), 200);
  });
  return routes;
}

async function readDashboard(tx: Tx, scope: DashboardScope): Promise<Dashboard> {
  const branches = await takingsByBranch(tx, scope);
  return {
    today: { sales: countOf(branches, ({ sales }) => sales), total: sumBy(branches, ({ total }) => total) },
    weekBefore: {
      sales: countOf(branches, ({ weekSales }) => weekSales),
      total: sumBy(branches, ({ weekTotal }) => weekTotal as Amount),
    },
    byHour: await takingsByHour(tx, scope),
    byTender: await takingsByTender(tx, scope),
    byBranch: branches.map(({ weekSales: _sales, weekTotal: _total, ...today }) => today),
    topProducts: await topProducts(tx, scope),
    lastDays: await takingsOfLastDays(tx, scope),
    completeness: { ...(await terminalsToMind(tx, scope)), ...(await openMatters(tx, scope)) },
  };
}

type TerminalsToMind = Pick<Dashboard["completeness"], "silent" | "missing">;

async function terminalsToMind(tx: Tx, scope: DashboardScope): Promise<TerminalsToMind> {
  const missing = await missingRecords(tx, scope.merchant);
  const terminals = await terminalContacts(tx, scope);
  const heardSince = Date.parse(scope.now) - SILENT_AFTER_MS;
  const isSilent = ({ lastSeenAt }: { lastSeenAt: string | null }): boolean =>
    lastSeenAt === null || Date.parse(lastSeenAt) < heardSince;
  return {
    silent: terminals.filter(isSilent),
    missing: terminals.flatMap(({ terminal, name, branch }) => {
      const count = missing.get(terminal) ?? 0;
      return count === 0 ? [] : [{ terminal, name, branch, count }];
    }),
  };
}

function countOf<T>(rows: readonly T[], pick: (row: T) => number): number {
  return rows.reduce((sum, row) => sum + pick(row), 0);
}
