import type { Cart } from "@holdfast/domain/cart/cart";
import { remainderOfCart } from "@holdfast/domain/cart/edit-tenders";
import { refuse } from "@holdfast/domain/kernel/result";
import type { Amount } from "@holdfast/domain/money/amount";
import { exposureOf } from "@holdfast/domain/tender/stored-offline";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCounter } from "../../shell/use-counter.ts";
import type { StoredValueKind } from "../../tender/trust.ts";
import { ReaderDialog } from "./ReaderDialog.tsx";
import { StoredValueDialog } from "./StoredValueDialog.tsx";
import classes from "./TenderKeys.module.css";

export type MoreTendersProps = {
  readonly cart: Cart;
  readonly isSettled: boolean;
  /** What was typed, else what is due. */
  readonly chosen: (rest: Amount) => Amount | null;
};

/** The reader, stored value and accounts; what of it is on trust stands beneath. */
export function MoreTenders({ cart, isSettled, chosen }: MoreTendersProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { cards, tenders, trust, checkout, approvals, tell } = useCounter();
  const [open, setOpen] = useState<{ readonly kind: StoredValueKind; readonly amount: Amount } | null>(null);
  const { rules, customer } = cart;
  const { due } = remainderOfCart(cart);
  const { count, sum } = exposureOf(tenders.openCards());
  const charge = (): void => {
    const amount = chosen(due);
    if (amount !== null) void cards.charge(cart.sale, amount);
  };
  const storedValue = (kind: StoredValueKind): void => {
    const amount = chosen(due);
    if (amount !== null) setOpen({ kind, amount });
  };
  const onAccount = async (): Promise<void> => {
    const amount = chosen(due);
    if (amount === null) return;
    const decided = customer === null ? refuse({ kind: "no-customer" } as const) : trust.owe(customer, amount);
    if (!decided.ok) tell({ kind: "not-trusted", refusal: decided.refusal });
    if (!decided.ok || customer === null) return;
    const permit = await approvals.permit({ action: "sale-on-account", sale: cart.sale, amount });
    if (!permit.ok) return;
    const given = permit.approval === undefined ? [] : [permit.approval];
    checkout.take({ kind: "on-account", amount, customer: customer.customer }, given);
  };
  return (
    <>
      <div className={classes.more}>
        <button type="button" className={classes.way} disabled={!isSettled} onClick={charge}>
          <Icon name="card" size={22} />
          {t("trust.reader")}
        </button>
        <button type="button" className={classes.way} disabled={!isSettled} onClick={() => storedValue("gift-card")}>
          {t("trust.giftCard")}
        </button>
        <button type="button" className={classes.way} disabled={!isSettled} onClick={() => storedValue("store-credit")}>
          {t("trust.storeCredit")}
        </button>
        <button type="button" className={classes.way} disabled={!isSettled} onClick={() => void onAccount()}>
          {t("trust.onAccount")}
        </button>
      </div>
      {count === 0 ? null : (
        <p className={classes.trust} data-testid="stored-cards">
          {t("trust.stored", { count, sum: formats.money(sum, rules) })}
        </p>
      )}
      <ReaderDialog rules={rules} />
      {open === null ? null : (
        <StoredValueDialog kind={open.kind} amount={open.amount} rules={rules} onClose={() => setOpen(null)} />
      )}
    </>
  );
}
