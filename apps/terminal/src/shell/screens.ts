import { type ComponentType, type LazyExoticComponent, lazy } from "react";

/** A screen beside selling: one folder, one line here, loaded when somebody goes there. */
export const SCREENS = {
  status: lazily(() => import("../screens/status/StatusScreen.tsx"), "StatusScreen"),
} as const;

export type ScreenName = keyof typeof SCREENS;

/** Where the cashier is: at the cart, whatever state that is in, or somewhere else for a while. */
export type Place = { readonly screen: "sell" | ScreenName };

function lazily<Name extends string>(
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
): LazyExoticComponent<ComponentType> {
  return lazy(async () => ({ default: (await load())[name] }));
}
