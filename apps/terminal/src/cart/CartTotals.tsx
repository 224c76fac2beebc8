import type { PricingRules, CartTotals as Totals } from "@holdfast/domain/cart/cart";
import { useFormats } from "@holdfast/ui/use-formats";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./CartTotals.module.css";

export type CartTotalsProps = { readonly totals: Totals; readonly rules: PricingRules };

/** What the cart comes to: the largest figure while selling. */
export function CartTotals({ totals, rules }: CartTotalsProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <dl className={classes.totals}>
      {totals.discount === 0 ? null : (
        <div className={classes.row}>
          <dt>{t("sell.discount")}</dt>
          <dd>{formats.amount(-totals.discount, rules)}</dd>
        </div>
      )}
      <div className={classes.row}>
        <dt>{rules.pricesIncludeTax ? t("sell.taxIncluded") : t("sell.taxOnTop")}</dt>
        <dd>{formats.amount(totals.tax, rules)}</dd>
      </div>
      <div className={classes.total}>
        <dt>{t("sell.total")}</dt>
        <dd data-testid="total">{formats.money(totals.total, rules)}</dd>
      </div>
    </dl>
  );
}
