import type { Quantity as Amount } from "@holdfast/domain/catalog/variant";
import { useFormats } from "@holdfast/ui/use-formats";
import type { ReactNode } from "react";
import classes from "./Quantity.module.css";

/** A quantity with its unit; below zero it is also coloured, never only so. */
export function Quantity({ quantity }: { readonly quantity: Amount }): ReactNode {
  const formats = useFormats();
  return (
    <bdi className={classes.quantity} data-negative={quantity.units < 0 || undefined}>
      {formats.quantity(quantity)}
    </bdi>
  );
}
