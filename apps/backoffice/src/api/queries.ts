import {
  type CaseListQuery,
  caseDetailSchema,
  caseListSchema,
  quarantineSchema,
} from "@holdfast/protocol/office/cases";
import { dashboardSchema } from "@holdfast/protocol/office/dashboard";
import { accountLinesSchema, entriesSchema, trialBalanceSchema } from "@holdfast/protocol/office/ledger";
import {
  catalogOptionsSchema,
  movementListSchema,
  productListSchema,
  productSchema,
} from "@holdfast/protocol/office/products";
import { saleDetailSchema, saleListSchema } from "@holdfast/protocol/office/sales";
import { shiftDetailSchema, shiftListSchema } from "@holdfast/protocol/office/shifts";
import { staffListSchema } from "@holdfast/protocol/office/staff";
import { terminalListSchema } from "@holdfast/protocol/office/terminals";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { Api, Query } from "./api.ts";

/** Everything the back office reads, by what it is. Keys begin with the thing, so that a change can name what it outdates. */

const DASHBOARD_REFRESH_MS = 30_000;
const TERMINALS_REFRESH_MS = 15_000;

export const dashboardQuery = (api: Api, query: Query) =>
  queryOptions({
    queryKey: ["dashboard", query],
    queryFn: ({ signal }) => api.get("/dashboard", dashboardSchema, { query, signal }),
    refetchInterval: DASHBOARD_REFRESH_MS,
    placeholderData: keepPreviousData,
  });

export const salesQuery = (api: Api, query: Query) => pages(api, { path: "/sales", query, schema: saleListSchema });

export const saleQuery = (api: Api, sale: string) =>
  queryOptions({
    queryKey: ["/sales", sale],
    queryFn: ({ signal }) => api.get(`/sales/${sale}`, saleDetailSchema, { signal }),
  });

export const catalogQuery = (api: Api) =>
  queryOptions({
    queryKey: ["/catalog"],
    queryFn: ({ signal }) => api.get("/catalog", catalogOptionsSchema, { signal }),
  });

export const productsQuery = (api: Api, query: Query) =>
  pages(api, { path: "/products", query, schema: productListSchema });

export const productQuery = (api: Api, variant: string) =>
  queryOptions({
    queryKey: ["/products", variant],
    queryFn: ({ signal }) => api.get(`/products/${variant}`, productSchema, { signal }),
  });

export const movementsQuery = (api: Api, { variant, branch }: { variant: string; branch: string }) =>
  pages(api, { path: `/products/${variant}/movements`, query: { branch, limit: 20 }, schema: movementListSchema });

export const terminalsQuery = (api: Api) =>
  queryOptions({
    queryKey: ["/terminals"],
    queryFn: ({ signal }) => api.get("/terminals", terminalListSchema, { signal }),
    refetchInterval: TERMINALS_REFRESH_MS,
  });

export const shiftsQuery = (api: Api, query: Query) => pages(api, { path: "/shifts", query, schema: shiftListSchema });

export const shiftQuery = (api: Api, shift: string) =>
  queryOptions({
    queryKey: ["/shifts", shift],
    queryFn: ({ signal }) => api.get(`/shifts/${shift}`, shiftDetailSchema, { signal }),
  });

export const staffQuery = (api: Api) =>
  queryOptions({
    queryKey: ["/staff"],
    queryFn: ({ signal }) => api.get("/staff", staffListSchema, { signal }),
  });

export const trialBalanceQuery = (api: Api, query: Query) =>
  queryOptions({
    queryKey: ["/ledger/trial-balance", query],
    queryFn: ({ signal }) => api.get("/ledger/trial-balance", trialBalanceSchema, { query, signal }),
    placeholderData: keepPreviousData,
  });

export const accountQuery = (api: Api, { account, query }: { account: string; query: Query }) =>
  pages(api, { path: `/ledger/accounts/${account}`, query, schema: accountLinesSchema });

export const entriesQuery = (api: Api, source: string) =>
  queryOptions({
    queryKey: ["/ledger/entries", source],
    queryFn: ({ signal }) => api.get(`/ledger/entries/${source}`, entriesSchema, { signal }),
  });

export const casesQuery = (api: Api, state: CaseListQuery["state"]) =>
  pages(api, { path: "/cases", query: { state }, schema: caseListSchema });

export const caseQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["/cases", id],
    queryFn: ({ signal }) => api.get(`/cases/${id}`, caseDetailSchema, { signal }),
  });

export const quarantineQuery = (api: Api) => pages(api, { path: "/quarantine", query: {}, schema: quarantineSchema });

type Paged<Page> = { readonly path: string; readonly query: Query; readonly schema: z.ZodType<Page> };

function pages<Page extends { readonly next: string | null }>(api: Api, { path, query, schema }: Paged<Page>) {
  return infiniteQueryOptions({
    queryKey: [path, query],
    queryFn: ({ signal, pageParam }) => api.get(path, schema, { query: { ...query, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}
