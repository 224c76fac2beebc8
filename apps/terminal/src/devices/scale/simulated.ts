import { createValue, type Value } from "../../shell/value.ts";
import type { Scale, Weighed } from "./scale.ts";

export type SimulatedScale = Scale & { readonly pan: Value<Weighed> };

/** A scale whose pan is set by hand. */
export function simulatedScale(): SimulatedScale {
  const pan = createValue<Weighed>({ kind: "weight", weight: { units: 1_250, scale: 3, unit: "kg" } });
  return { pan, weigh: async () => pan.get() };
}
