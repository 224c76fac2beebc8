import type { ReactNode } from "react";
import type { Currency } from "./format.ts";
import classes from "./Money.module.css";
import { useFormats } from "./use-formats.ts";

export type MoneyProps = {
  /** Minor units. */
  readonly amount: number;
  readonly currency: Currency;
  /** Without the currency: in a column whose head or total names it. */
  readonly bare?: boolean;
  /** The figure a screen is about. */
  readonly strong?: boolean;
};

/** An amount in tabular figures; a negative one is also coloured, never only so. */
export function Money({ amount, currency, bare = false, strong = false }: MoneyProps): ReactNode {
  const formats = useFormats();
  const text = bare ? formats.amount(amount, currency) : formats.money(amount, currency);
  return (
    <bdi className={classes.money} data-negative={amount < 0 || undefined} data-strong={strong || undefined}>
      {text}
    </bdi>
  );
}
