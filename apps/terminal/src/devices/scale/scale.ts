import type { Quantity } from "@holdfast/domain/catalog/variant";

export type ScaleFault = "unplugged" | "unstable" | "no-answer" | "overload";

export type Weighed =
  | { readonly kind: "weight"; readonly weight: Quantity }
  | { readonly kind: "fault"; readonly fault: ScaleFault };

export type Scale = {
  /** The weight once it rests. */
  readonly weigh: () => Promise<Weighed>;
};
