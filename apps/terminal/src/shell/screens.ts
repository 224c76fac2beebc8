import type { IconName } from "@holdfast/ui/icon-paths";
import type { ComponentType, LazyExoticComponent } from "react";
import { lazily } from "./lazily.ts";

type ScreenEntry = { readonly Screen: LazyExoticComponent<ComponentType>; readonly icon: IconName };

/** A screen beside selling: one folder, one line here, one name among the words. Loaded when somebody goes there. */
export const SCREENS = {
  shift: entry("cash", () => import("../screens/shift/ShiftScreen.tsx"), "ShiftScreen"),
  returns: entry("refresh", () => import("../screens/returns/ReturnsScreen.tsx"), "ReturnsScreen"),
  sales: entry("receipt", () => import("../screens/sales/SalesScreen.tsx"), "SalesScreen"),
  status: entry("refresh", () => import("../screens/status/StatusScreen.tsx"), "StatusScreen"),
  printer: entry("printer", () => import("../screens/printer/PrinterScreen.tsx"), "PrinterScreen"),
  readiness: entry("check", () => import("../screens/readiness/ReadinessScreen.tsx"), "ReadinessScreen"),
  help: entry("info", () => import("../screens/help/HelpScreen.tsx"), "HelpScreen"),
  settings: entry("settings", () => import("../screens/settings/SettingsScreen.tsx"), "SettingsScreen"),
} as const;

export type ScreenName = keyof typeof SCREENS;

/** Where the cashier is: at the cart, whatever state that is in, or somewhere else for a while. */
export type Place = { readonly screen: "sell" | ScreenName };

function entry<Name extends string>(
  icon: IconName,
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
): ScreenEntry {
  return { icon, Screen: lazily(load, name) };
}
