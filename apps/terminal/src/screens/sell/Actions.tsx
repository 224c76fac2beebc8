import type { Cart } from "@holdfast/domain/cart/cart";
import { remainderOfCart } from "@holdfast/domain/cart/edit-tenders";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { KeyHint } from "@holdfast/ui/KeyHint.tsx";
import { Keypad } from "@holdfast/ui/Keypad.tsx";
import { keepFocus } from "@holdfast/ui/keep-focus";
import { useFormats } from "@holdfast/ui/use-formats";
import { type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { EntryField } from "../../shell/EntryField.tsx";
import type { Entry } from "../../shell/entry.ts";
import { keyName } from "../../shell/key-map.ts";
import { lazily } from "../../shell/lazily.ts";
import { keysOf } from "../../shell/settings.ts";
import { useCounter, useKeyLayer, useShop, useValue } from "../../shell/use-counter.ts";
import classes from "./Actions.module.css";

const CancelDialog = lazily(() => import("./CancelDialog.tsx"), "CancelDialog");

export type ActionsProps = { readonly cart: Cart | null; readonly entry: Entry };

/** The keypad and what it acts on. Nothing here ever moves. */
export function Actions({ cart, entry }: ActionsProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const counter = useCounter();
  const { desk, checkout } = counter;
  const { rules } = useShop();
  const keys = keysOf(useValue(counter.settings));
  const [isCancelling, setCancelling] = useState(false);
  const hasLines = cart !== null && cart.lines.length > 0;
  const setQuantity = (): void => {
    const count = entry.decimal();
    entry.clear();
    if (count !== null) desk.setQuantity(count);
  };
  useKeyLayer("screen", {
    actions: {
      pay: () => checkout.pay(),
      quantity: setQuantity,
      void: () => desk.voidSelected(),
      more: () => desk.stepQuantity(1),
      less: () => desk.stepQuantity(-1),
      back: () => entry.clear(),
    },
    onKey: (key) => {
      if (key === "Backspace") entry.press("erase");
      else if (key === "ArrowDown") desk.moveSelection(1);
      else if (key === "ArrowUp") desk.moveSelection(-1);
      else if (entry.text.get() === "") return false;
      else {
        desk.scan(entry.text.get());
        entry.clear();
      }
      return true;
    },
  });
  const due = hasLines ? remainderOfCart(cart).due : 0;
  return (
    <section className={classes.actions} aria-label={t("sell.actions")} onMouseDown={keepFocus}>
      <EntryField entry={entry} label={t("sell.entry")} hint={t("sell.entryHint")} />
      <Keypad onKey={entry.press} point={formats.decimalPoint} />
      <div className={classes.keys}>
        <button type="button" className={classes.key} disabled={!hasLines} onClick={setQuantity}>
          {t("sell.quantity")}
          <KeyHint>{keyName(keys.quantity)}</KeyHint>
        </button>
        <button type="button" className={classes.key} disabled={cart === null} onClick={() => setCancelling(true)}>
          <Icon name="close" size={18} />
          {t("sell.cancelSale")}
        </button>
      </div>
      <button
        type="button"
        className={classes.pay}
        disabled={!hasLines}
        aria-keyshortcuts={keys.pay}
        onClick={() => checkout.pay()}
      >
        <span>{t("sell.pay")}</span>
        <span className={classes.due}>{hasLines ? formats.money(due, rules) : ""}</span>
        <KeyHint>{keyName(keys.pay)}</KeyHint>
      </button>
      <Suspense>
        {isCancelling && cart !== null ? <CancelDialog cart={cart} onClose={() => setCancelling(false)} /> : null}
      </Suspense>
    </section>
  );
}
