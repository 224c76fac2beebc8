import type { Uuid } from "@holdfast/domain/kernel/id";
import type { Day } from "@holdfast/domain/kernel/instant";
import type { Amount } from "@holdfast/domain/money/amount";
import type { BranchId, MerchantId, TerminalId } from "@holdfast/domain/party/merchant";
import type { Rights } from "@holdfast/domain/staff/rights";
import type { Role, StaffId } from "@holdfast/domain/staff/staff";
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import { publish } from "../feed/publish.ts";
import {
  lockCustomerBalances,
  lockCustomerEditions,
  saveCustomerRows,
  updateCustomerBalances,
} from "../party/customer-rows.ts";
import { countMarksOf, movementMarksAfter } from "../stock/count-rows.ts";
import { lockStoredValueRows, updateStoredValueRows } from "../tender/stored-value-rows.ts";
import type {
  DayCircumstances,
  DayStore,
  HeldReport,
  ListedKey,
  ListedRow,
  People,
  ReportedReceipts,
  StaffRow,
} from "./day-store.ts";
import { insertFactRows } from "./insert-facts.ts";
import type { IngestScope } from "./pg-ingest-store.ts";
import { reviewRows } from "./pg-review.ts";

/** The port of a cashier's day, on PostgreSQL. */
export function pgDayStore(tx: Tx, scope: IngestScope): DayStore {
  const { merchant, recordedAt } = scope;
  return {
    circumstances: () => circumstances(tx, merchant),
    people: (staff, branches) => people(tx, merchant, { staff, branches }),
    listedPrices: (keys) => listedPrices(tx, merchant, keys),
    closedShifts: (shifts) => closedShifts(tx, merchant, shifts),
    openedShifts: (shifts) => openedShifts(tx, merchant, shifts),
    reports: (keys) => reports(tx, merchant, keys),
    lockAccounts: (customers) => lockCustomerBalances(tx, merchant, customers),
    updateAccounts: (rows) => updateCustomerBalances(tx, merchant, rows),
    lockStoredValue: (keys) => lockStoredValueRows(tx, merchant, keys),
    updateStoredValue: (rows) => updateStoredValueRows(tx, scope, rows),
    lockCustomers: (customers) => lockCustomerEditions(tx, merchant, customers),
    saveCustomers: (rows) => saveCustomerRows(tx, scope, rows),
    movementMarks: (branch, variants, afterRev) => movementMarksAfter(tx, { merchant, branch, variants, afterRev }),
    countMarks: (keys) => countMarksOf(tx, merchant, keys),
    clockSkews: (terminals) => clockSkews(tx, merchant, terminals),
    insertFacts: (rows) => insertFactRows(tx, scope, rows),
    review: (question) => reviewRows(tx, merchant, question),
    publish: async (keys) => {
      if (keys.length > 0) await publish(tx, { merchant, at: recordedAt }, keys);
    },
  };
}

async function circumstances(tx: Tx, merchant: MerchantId): Promise<DayCircumstances> {
  const { rows } = await sql<{ closed: Day | null; counted: Date | null }>`
    SELECT books_closed_through AS closed,
           (SELECT max(occurred_at) FROM stock_count c WHERE c.merchant = m.merchant) AS counted
    FROM merchant m WHERE merchant = ${merchant}`.execute(tx);
  return { closedThrough: rows[0]?.closed ?? null, lastCountMs: rows[0]?.counted?.getTime() ?? null };
}

async function people(
  tx: Tx,
  merchant: MerchantId,
  wanted: { readonly staff: readonly StaffId[]; readonly branches: readonly BranchId[] },
): Promise<People> {
  const staff = await sql<{
    staff: StaffId;
    name: string;
    role: Role;
    grants: Rights | null;
    withheld: StaffRow["withheld"] | null;
    left: Date | null;
  }>`
    SELECT staff, name, role, grants, withheld, deactivated_at AS left FROM staff
    WHERE merchant = ${merchant} AND staff = ANY (${wanted.staff}::uuid[])`.execute(tx);
  const branches = await sql<{ branch: BranchId; rights: Readonly<Record<Role, Rights>> | null }>`
    SELECT branch, settings -> 'rights' AS rights FROM branch
    WHERE merchant = ${merchant} AND branch = ANY (${wanted.branches}::uuid[])`.execute(tx);
  const rowOf = ({ grants, withheld, left, ...row }: (typeof staff.rows)[number]): StaffRow => ({
    ...row,
    ...(grants === null ? {} : { grants }),
    ...(withheld === null || withheld === undefined ? {} : { withheld }),
    deactivatedAt: left?.toISOString() ?? null,
  });
  return {
    staff: new Map(staff.rows.map((row) => [row.staff, rowOf(row)])),
    rights: new Map(
      branches.rows.flatMap(({ branch, rights }) => (rights === null ? [] : [[branch, rights] as const])),
    ),
  };
}

async function listedPrices(tx: Tx, merchant: MerchantId, keys: readonly ListedKey[]): Promise<ListedRow[]> {
  const lists = keys.map(({ priceList }) => priceList);
  const variants = keys.map(({ variant }) => variant);
  const { rows } = await sql<ListedKey & { prices: ListedRow["prices"]; changed: Date }>`
    SELECT p.price_list AS "priceList", p.variant, p.prices, p.changed_at AS changed
    FROM unnest(${lists}::uuid[], ${variants}::uuid[]) AS key (price_list, variant)
    JOIN price p ON p.merchant = ${merchant} AND p.price_list = key.price_list AND p.variant = key.variant`.execute(tx);
  return rows.map(({ changed, ...row }) => ({ ...row, changedAtMs: changed.getTime() }));
}

async function closedShifts(
  tx: Tx,
  merchant: MerchantId,
  shifts: readonly Uuid[],
): Promise<Map<Uuid, ReportedReceipts>> {
  const { rows } = await sql<{ shift: Uuid; first: number | null; last: number | null }>`
    SELECT shift, first_number AS first, last_number AS last FROM z_report
    WHERE merchant = ${merchant} AND shift = ANY (${shifts}::uuid[]) AND posted`.execute(tx);
  return new Map(rows.map(({ shift, first, last }) => [shift, { first, last }]));
}

async function openedShifts(tx: Tx, merchant: MerchantId, shifts: readonly Uuid[]): Promise<Set<Uuid>> {
  const { rows } = await sql<{ shift: Uuid }>`
    SELECT shift FROM shift WHERE merchant = ${merchant} AND shift = ANY (${shifts}::uuid[])`.execute(tx);
  return new Set(rows.map(({ shift }) => shift));
}

async function reports(
  tx: Tx,
  merchant: MerchantId,
  keys: readonly { readonly terminal: TerminalId; readonly number: number }[],
): Promise<HeldReport[]> {
  const { rows } = await sql<{ terminal: TerminalId; number: number; sales: Amount; returns: Amount; net: Amount }>`
    SELECT z.terminal, z.number, z.grand_sales AS sales, z.grand_returns AS returns, z.grand_net AS net
    FROM unnest(${keys.map(({ terminal }) => terminal)}::uuid[], ${keys.map(({ number }) => number)}::int[]) AS key (terminal, number)
    JOIN z_report z ON z.merchant = ${merchant} AND z.terminal = key.terminal AND z.number = key.number`.execute(tx);
  return rows.map(({ terminal, number, ...grand }) => ({ terminal, number, grand }));
}

async function clockSkews(
  tx: Tx,
  merchant: MerchantId,
  terminals: readonly TerminalId[],
): Promise<Map<TerminalId, number>> {
  const { rows } = await sql<{ terminal: TerminalId; skew: number }>`
    SELECT terminal, clock_skew_ms AS skew FROM terminal
    WHERE merchant = ${merchant} AND terminal = ANY (${terminals}::uuid[]) AND clock_skew_ms IS NOT NULL`.execute(tx);
  return new Map(rows.map(({ terminal, skew }) => [terminal, skew]));
}
