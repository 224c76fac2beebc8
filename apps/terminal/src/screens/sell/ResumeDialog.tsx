import { priceCart } from "@holdfast/domain/cart/price-cart";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCounter, useKeyLayer, useValue } from "../../shell/use-counter.ts";
import classes from "./Dialogs.module.css";

/** Carts that were set aside; a touch brings one back. */
export function ResumeDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { suspended } = useCounter();
  const list = useValue(suspended.list);
  useKeyLayer("dialog", { isModal: true });
  return (
    <Dialog opened onClose={onClose} title={t("suspended.title")}>
      <ul className={classes.choices}>
        {list.toReversed().map(({ cart, label, at }, index) => (
          <li key={cart.sale}>
            <button
              type="button"
              className={classes.choice}
              {...(index === 0 ? { "data-autofocus": true } : {})}
              onClick={() => {
                onClose();
                suspended.resume(cart.sale);
              }}
            >
              <span>
                {label} · {t("sell.lines", { count: cart.lines.length })}
              </span>
              <span className={classes.price}>
                {formats.time(at)} · {formats.money(priceCart(cart).totals.total, cart.rules)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
