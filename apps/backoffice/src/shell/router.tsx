import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod";
import { NoScreen, ScreenFault } from "./Fault.tsx";
import { Shell } from "./Shell.tsx";

/** A filter in the address: anything odd is as good as none. */
const text = z.coerce.string().max(100).optional().catch(undefined);

const flag = z.boolean().optional().catch(undefined);

const root = createRootRoute({ component: Shell, notFoundComponent: NoScreen, errorComponent: ScreenFault });

const routes = [
  createRoute({
    getParentRoute: () => root,
    path: "/",
    validateSearch: z.object({ branch: text }),
    component: lazyRouteComponent(() => import("../screens/report/TodayScreen.tsx"), "TodayScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/sales",
    validateSearch: z.object({ number: text, from: text, to: text, branch: text, terminal: text, amount: text }),
    component: lazyRouteComponent(() => import("../screens/sale/SalesScreen.tsx"), "SalesScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/sales/$sale",
    component: lazyRouteComponent(() => import("../screens/sale/SaleScreen.tsx"), "SaleScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/products",
    validateSearch: z.object({ q: text, category: text, archived: flag, add: flag }),
    component: lazyRouteComponent(() => import("../screens/catalog/ProductsScreen.tsx"), "ProductsScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/products/import",
    component: lazyRouteComponent(() => import("../screens/catalog/ImportScreen.tsx"), "ImportScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/products/$variant",
    validateSearch: z.object({ branch: text }),
    component: lazyRouteComponent(() => import("../screens/catalog/ProductScreen.tsx"), "ProductScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/terminals",
    component: lazyRouteComponent(() => import("../screens/party/TerminalsScreen.tsx"), "TerminalsScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/shifts",
    validateSearch: z.object({ from: text, to: text, branch: text }),
    component: lazyRouteComponent(() => import("../screens/till/ShiftsScreen.tsx"), "ShiftsScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/shifts/$shift",
    component: lazyRouteComponent(() => import("../screens/till/ShiftScreen.tsx"), "ShiftScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/staff",
    component: lazyRouteComponent(() => import("../screens/staff/StaffScreen.tsx"), "StaffScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/ledger",
    validateSearch: z.object({ day: text, branch: text }),
    component: lazyRouteComponent(() => import("../screens/ledger/TrialBalanceScreen.tsx"), "TrialBalanceScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/ledger/accounts/$account",
    validateSearch: z.object({ from: text, to: text, branch: text }),
    component: lazyRouteComponent(() => import("../screens/ledger/AccountScreen.tsx"), "AccountScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/ledger/entries/$source",
    component: lazyRouteComponent(() => import("../screens/ledger/EntriesScreen.tsx"), "EntriesScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/inbox",
    validateSearch: z.object({ show: z.enum(["open", "closed", "quarantine"]).optional().catch(undefined) }),
    component: lazyRouteComponent(() => import("../screens/inbox/InboxScreen.tsx"), "InboxScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/inbox/$case",
    component: lazyRouteComponent(() => import("../screens/inbox/CaseScreen.tsx"), "CaseScreen"),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([...routes]),
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
