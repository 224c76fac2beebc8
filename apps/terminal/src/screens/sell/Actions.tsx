import type { Cart } from "@holdfast/domain/cart/cart";
import { remainderOfCart } from "@holdfast/domain/cart/edit-tenders";
import { KeyHint } from "@holdfast/ui/KeyHint.tsx";
import { Keypad } from "@holdfast/ui/Keypad.tsx";
import { keepFocus } from "@holdfast/ui/keep-focus";
import { useFormats } from "@holdfast/ui/use-formats";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EntryField } from "../../shell/EntryField.tsx";
import type { Entry } from "../../shell/entry.ts";
import { keyName } from "../../shell/key-map.ts";
import { keysOf } from "../../shell/settings.ts";
import { useCounter, useShop, useValue } from "../../shell/use-counter.ts";
import { ActionKey } from "./ActionKey.tsx";
import classes from "./Actions.module.css";
import type { OpenDialog } from "./dialog.ts";
import { useSellKeys } from "./use-sell-keys.ts";

export type ActionsProps = {
  readonly cart: Cart | null;
  readonly selected: number | null;
  readonly entry: Entry;
  readonly onDialog: OpenDialog;
};

/** The keypad and what it acts on. Nothing here ever moves. */
export function Actions({ cart, selected, entry, onDialog }: ActionsProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { settings, suspended } = useCounter();
  const { rules } = useShop();
  const keys = keysOf(useValue(settings));
  const waiting = useValue(suspended.list).length;
  const acts = useSellKeys({ cart, selected, entry, onDialog });
  const hasLines = cart !== null && cart.lines.length > 0;
  const due = hasLines ? remainderOfCart(cart).due : 0;
  return (
    <section className={classes.actions} aria-label={t("sell.actions")} onMouseDown={keepFocus}>
      <EntryField entry={entry} label={t("sell.entry")} hint={t("sell.entryHint")} />
      <Keypad onKey={entry.press} point={formats.decimalPoint} />
      <div className={classes.keys}>
        <ActionKey label={t("sell.quantity")} keyName={keys.quantity} disabled={!hasLines} onPress={acts.quantity} />
        <ActionKey label={t("sell.discounts")} keyName={keys.discount} disabled={!hasLines} onPress={acts.discount} />
        <ActionKey label={t("sell.customer")} keyName={keys.customer} onPress={acts.customer} />
        <ActionKey
          label={hasLines || waiting === 0 ? t("sell.suspend") : t("sell.resume", { count: waiting })}
          keyName={keys.suspend}
          disabled={!hasLines && waiting === 0}
          onPress={acts.suspend}
        />
        <ActionKey
          label={t("sell.resumeOther", { count: waiting })}
          disabled={waiting === 0}
          onPress={() => onDialog("resume")}
        />
        <ActionKey label={t("sell.cancelSale")} disabled={cart === null} onPress={() => onDialog("cancel")} />
      </div>
      <button
        type="button"
        className={classes.pay}
        disabled={!hasLines}
        aria-keyshortcuts={keys.pay}
        onClick={acts.pay}
      >
        <span>{t("sell.pay")}</span>
        <span className={classes.due}>{hasLines ? formats.money(due, rules) : ""}</span>
        <KeyHint>{keyName(keys.pay)}</KeyHint>
      </button>
    </section>
  );
}
