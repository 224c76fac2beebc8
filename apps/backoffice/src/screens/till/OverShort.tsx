import { type CurrencyCode, exponentOf } from "@holdfast/domain/money/currency";
import { Money } from "@holdfast/ui/Money.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type Props = { readonly amount: number; readonly currency: CurrencyCode };

/** What was found beyond what was expected, or what was missing; in words, not by its sign alone. */
export function OverShort({ amount, currency }: Props): ReactNode {
  const { t } = useTranslation();
  if (amount === 0) return t("shifts.exact");
  return (
    <>
      {amount > 0 ? t("shifts.over") : t("shifts.short")}{" "}
      <Money amount={amount} currency={{ currency, exponent: exponentOf(currency) }} bare strong />
    </>
  );
}
