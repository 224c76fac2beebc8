import { type ComponentType, type LazyExoticComponent, lazy } from "react";

const loads: (() => Promise<unknown>)[] = [];

/** A component that a first sale does not need: it comes when it is asked for, or in a quiet moment before. */
export function lazily<Name extends string, Props>(
  load: () => Promise<Readonly<Record<Name, ComponentType<Props>>>>,
  name: Name,
): LazyExoticComponent<ComponentType<Props>> {
  loads.push(load);
  return lazy(async () => ({ default: (await load())[name] }));
}

/** Fetches everything that is left, so that nobody waits for it later. */
export async function loadTheRest(): Promise<void> {
  for (const load of loads) await load().catch(() => undefined);
}
