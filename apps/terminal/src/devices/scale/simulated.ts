import { createValue, type Value } from "../../shell/value.ts";
import type { Scale, Weighed } from "./scale.ts";

export type SimulatedScale = Scale & {
  /** What lies on the pan, or what is wrong with it. */
  readonly pan: Value<Weighed>;
};

const FIRST: Weighed = { kind: "weight", weight: { units: 742, scale: 3, unit: "kg" } };

/** A scale made of a figure, for demonstrations and tests. */
export function simulatedScale(): SimulatedScale {
  const pan = createValue<Weighed>(FIRST);
  return { pan, weigh: async () => pan.get() };
}
