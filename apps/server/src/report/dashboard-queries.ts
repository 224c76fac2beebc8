import type { BranchId, MerchantId } from "@holdfast/domain/party/merchant";
import type { Dashboard } from "@holdfast/protocol/office/dashboard";
import { topProductsMax } from "@holdfast/protocol/office/limits";
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../db/database.ts";

export type DashboardScope = {
  readonly merchant: MerchantId;
  /** One branch, or all of them. */
  readonly branch: BranchId | null;
  /** ISO in UTC. */
  readonly now: string;
};

/** Each branch with the business day that it is in: the day changes at the branch's own hour, in its own zone. */
function branchDays({ merchant, branch, now }: DashboardScope): RawBuilder<unknown> {
  return sql`
    SELECT merchant, branch, name, time_zone,
           ((${now}::timestamptz AT TIME ZONE time_zone) - make_interval(hours => day_change_hour))::date AS today
    FROM branch WHERE merchant = ${merchant} ${branch === null ? sql`` : sql`AND branch = ${branch}`}`;
}

/** Sales of today that count: training does not. */
function salesToday(scope: DashboardScope): RawBuilder<unknown> {
  return sql`
    branch_day AS (${branchDays(scope)}),
    sale_today AS (
      SELECT s.*, d.time_zone FROM branch_day d
      JOIN sale s ON s.merchant = d.merchant AND s.branch = d.branch AND s.business_day = d.today
      WHERE NOT s.training)`;
}

export type BranchTakings = Dashboard["byBranch"][number] & { readonly weekSales: number; readonly weekTotal: number };

export async function takingsByBranch(tx: Tx, scope: DashboardScope): Promise<BranchTakings[]> {
  const { rows } = await sql<BranchTakings>`
    WITH branch_day AS (${branchDays(scope)})
    SELECT d.branch, d.name, d.today AS day,
           count(s.sale) FILTER (WHERE s.business_day = d.today) AS sales,
           coalesce(sum(s.total) FILTER (WHERE s.business_day = d.today), 0)::bigint AS total,
           count(s.sale) FILTER (WHERE s.business_day < d.today) AS "weekSales",
           coalesce(sum(s.total) FILTER (WHERE s.business_day < d.today), 0)::bigint AS "weekTotal"
    FROM branch_day d
    LEFT JOIN sale s ON s.merchant = d.merchant AND s.branch = d.branch AND NOT s.training
      AND (s.business_day = d.today
        OR (s.business_day = d.today - 7 AND s.occurred_at <= ${scope.now}::timestamptz - interval '7 days'))
    GROUP BY d.branch, d.name, d.today
    ORDER BY total DESC, d.name`.execute(tx);
  return rows;
}

export async function takingsByHour(tx: Tx, scope: DashboardScope): Promise<Dashboard["byHour"]> {
  const { rows } = await sql<Dashboard["byHour"][number]>`
    WITH ${salesToday(scope)}
    SELECT extract(hour FROM occurred_at AT TIME ZONE time_zone)::int AS hour, count(*) AS sales, sum(total)::bigint AS total
    FROM sale_today GROUP BY hour ORDER BY hour`.execute(tx);
  return rows;
}

/** What each tender brought: change went out in cash. */
export async function takingsByTender(tx: Tx, scope: DashboardScope): Promise<Dashboard["byTender"]> {
  const { rows } = await sql<Dashboard["byTender"][number]>`
    WITH ${salesToday(scope)}
    SELECT kind, sum(amount)::bigint AS amount FROM (
      SELECT t.kind, t.amount FROM sale_today s JOIN sale_tender t USING (merchant, sale)
      UNION ALL
      SELECT 'cash', -change FROM sale_today WHERE change <> 0
    ) AS taken
    GROUP BY kind ORDER BY amount DESC`.execute(tx);
  return rows;
}

export async function topProducts(tx: Tx, scope: DashboardScope): Promise<Dashboard["topProducts"]> {
  const { rows } = await sql<Dashboard["topProducts"][number]>`
    WITH ${salesToday(scope)}
    SELECT l.variant, max(l.name) AS name, sum(l.quantity_units)::bigint AS units, l.quantity_scale AS scale, l.unit,
           sum(l.inc_tax)::bigint AS total
    FROM sale_today s JOIN sale_line l USING (merchant, sale)
    GROUP BY l.variant, CASE WHEN l.variant IS NULL THEN l.name END, l.quantity_scale, l.unit
    ORDER BY total DESC, name LIMIT ${topProductsMax}`.execute(tx);
  return rows;
}

export async function takingsOfLastDays(tx: Tx, scope: DashboardScope): Promise<Dashboard["lastDays"]> {
  const { rows } = await sql<Dashboard["lastDays"][number]>`
    WITH branch_day AS (${branchDays(scope)}),
    last_day AS (SELECT max(today) AS day FROM branch_day),
    day AS (SELECT last_day.day - back AS day FROM last_day, generate_series(0, 6) AS back)
    SELECT day.day, count(s.sale) AS sales, coalesce(sum(s.total), 0)::bigint AS total
    FROM day CROSS JOIN branch_day d
    LEFT JOIN sale s ON s.merchant = d.merchant AND s.branch = d.branch AND s.business_day = day.day AND NOT s.training
    GROUP BY day.day ORDER BY day.day`.execute(tx);
  return rows;
}

type TerminalContact = Dashboard["completeness"]["silent"][number];

/** Terminals in use and when they were heard of. */
export async function terminalContacts(tx: Tx, { merchant, branch }: DashboardScope): Promise<TerminalContact[]> {
  const { rows } = await sql<Omit<TerminalContact, "lastSeenAt"> & { last_seen_at: Date | null }>`
    SELECT terminal, name, branch, last_seen_at, unsent FROM terminal
    WHERE merchant = ${merchant} AND enrolled_at IS NOT NULL AND revoked_at IS NULL
      ${branch === null ? sql`` : sql`AND branch = ${branch}`}
    ORDER BY name, terminal`.execute(tx);
  return rows.map(({ last_seen_at, ...row }) => ({ ...row, lastSeenAt: last_seen_at?.toISOString() ?? null }));
}

export async function openMatters(
  tx: Tx,
  { merchant }: DashboardScope,
): Promise<Pick<Dashboard["completeness"], "quarantined" | "openCases">> {
  const { rows } = await sql<Pick<Dashboard["completeness"], "quarantined" | "openCases">>`
    SELECT (SELECT count(*) FROM event WHERE merchant = ${merchant} AND status = 'quarantined') AS quarantined,
           (SELECT count(*) FROM inbox_case WHERE merchant = ${merchant} AND closed_at IS NULL) AS "openCases"`.execute(
    tx,
  );
  return rows[0] ?? { quarantined: 0, openCases: 0 };
}
