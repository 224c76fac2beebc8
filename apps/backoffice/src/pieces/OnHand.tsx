import { addDecimals } from "@holdfast/domain/money/decimal";
import type { Product } from "@holdfast/protocol/office/products";
import type { ReactNode } from "react";
import { Quantity } from "./Quantity.tsx";

/** What all branches together have of a product. */
export function OnHand({ product: { onHand, unit } }: { readonly product: Product }): ReactNode {
  const total = onHand.reduce((sum, each) => addDecimals(sum, each), { units: 0, scale: unit.scale });
  return <Quantity quantity={{ ...total, unit: unit.unit }} />;
}
