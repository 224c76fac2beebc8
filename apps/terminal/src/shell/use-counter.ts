import { assert } from "@holdfast/domain/kernel/assert";
import { createContext, useContext, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import type { Counter } from "./counter.ts";
import type { KeyLayer, LayerHeight } from "./keyboard.ts";
import type { Person } from "./session.ts";
import type { Shop } from "./shop.ts";
import type { Value } from "./value.ts";

export const CounterContext = createContext<Counter | null>(null);

export function useCounter(): Counter {
  const counter = useContext(CounterContext);
  assert(counter !== null, "screens show only once the counter is open");
  return counter;
}

export function useValue<T>(value: Value<T>): T {
  return useSyncExternalStore(value.watch, value.get);
}

export function useShop(): Shop {
  const { terminal, shop } = useCounter();
  useValue(terminal.shop);
  return shop();
}

/** Who is at the till; null while it is locked. */
export function usePerson(): Person | null {
  const state = useValue(useCounter().session.state);
  return state.kind === "open" ? state.person : null;
}

/** Hears keys for as long as the component is there. */
export function useKeyLayer(height: LayerHeight, layer: KeyLayer): void {
  const { keyboard } = useCounter();
  const latest = useRef(layer);
  useLayoutEffect(() => {
    latest.current = layer;
  });
  useEffect(() => keyboard.add(height, () => latest.current), [keyboard, height]);
}
