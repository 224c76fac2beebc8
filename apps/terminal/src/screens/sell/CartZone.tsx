import type { Cart } from "@holdfast/domain/cart/cart";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { type ReactNode, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { CartLines } from "../../cart/CartLines.tsx";
import { CartTotals } from "../../cart/CartTotals.tsx";
import { usePriced } from "../../cart/use-priced.ts";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import classes from "./CartZone.module.css";
import type { OpenDialog } from "./dialog.ts";
import { LineTools } from "./LineTools.tsx";

export type CartZoneProps = {
  readonly cart: Cart | null;
  readonly selected: number | null;
  readonly onDialog: OpenDialog;
};

/** What is being rung up, and what it comes to. */
export function CartZone({ cart, selected, onDialog }: CartZoneProps): ReactNode {
  const { t } = useTranslation();
  const { keeper } = useCounter();
  const fault = useValue(keeper.fault);
  return (
    <section className={classes.zone} aria-labelledby="cart-title">
      <h2 className={classes.title} id="cart-title">
        {t("sell.cart")}
        {cart === null || cart.lines.length === 0 ? null : (
          <span className={classes.count}>{t("sell.lines", { count: cart.lines.length })}</span>
        )}
      </h2>
      {cart?.customer == null ? null : (
        <button type="button" className={classes.customer} onClick={() => onDialog("customer")}>
          <Icon name="user" />
          <bdi>{cart.customer.name}</bdi>
          {cart.customer.taxExemption === undefined ? null : (
            <StatusPill tone="warn">{t("taxExemption.mark")}</StatusPill>
          )}
        </button>
      )}
      {fault === null ? null : <ErrorNotice title={t("sell.notKept")} message={t("sell.notKeptText")} />}
      {cart === null || cart.lines.length === 0 ? (
        <div className={classes.empty}>
          <EmptyState icon="barcode" title={t("sell.emptyCart")} text={t("sell.emptyCartText")} />
        </div>
      ) : (
        <Filled cart={cart} selected={selected} onDialog={onDialog} />
      )}
    </section>
  );
}

type FilledProps = CartZoneProps & { readonly cart: Cart };

function Filled({ cart, selected, onDialog }: FilledProps): ReactNode {
  const { desk } = useCounter();
  const { lines, totals } = usePriced(cart);
  const select = useCallback((line: number) => desk.select(line), [desk]);
  return (
    <>
      <CartLines
        lines={lines}
        rules={cart.rules}
        selected={selected}
        onSelect={select}
        tools={selected === null ? null : <LineTools line={selected} onDialog={onDialog} />}
      />
      <CartTotals totals={totals} rules={cart.rules} />
    </>
  );
}
