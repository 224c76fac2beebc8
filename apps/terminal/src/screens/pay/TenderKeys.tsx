import type { Cart } from "@holdfast/domain/cart/cart";
import { remainderOfCart } from "@holdfast/domain/cart/edit-tenders";
import type { Amount } from "@holdfast/domain/money/amount";
import { fastCash } from "@holdfast/domain/tender/denominations";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { Keypad } from "@holdfast/ui/Keypad.tsx";
import { keepFocus } from "@holdfast/ui/keep-focus";
import { useFormats } from "@holdfast/ui/use-formats";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { EntryField } from "../../shell/EntryField.tsx";
import type { Entry } from "../../shell/entry.ts";
import { useCounter, useKeyLayer, useValue } from "../../shell/use-counter.ts";
import { useSettled } from "../../shell/use-settled.ts";
import { MoreTenders } from "./MoreTenders.tsx";
import classes from "./TenderKeys.module.css";

export type TenderKeysProps = {
  readonly cart: Cart;
  readonly entry: Entry;
  readonly sinceMs: number;
  readonly onCard: (amount: Amount) => void;
};

/** Cash by one touch or by typing, card by the slip of its reader. */
export function TenderKeys({ cart, entry, sinceMs, onCard }: TenderKeysProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { checkout, desk, shop, told, tell } = useCounter();
  const { rules } = cart;
  const { due, cashDue } = remainderOfCart(cart);
  const isSettled = useSettled(sinceMs);
  const typed = useValue(entry.text);
  /** What was typed, else what is due; null where what was typed is no amount. */
  const chosen = (rest: Amount): Amount | null => {
    if (entry.text.get() === "") return rest;
    const amount = entry.amount(rules.currency);
    entry.empty();
    if (amount === null) tell({ kind: "refused", refusal: { kind: "amount-invalid" } });
    return amount;
  };
  const cash = (): void => {
    const amount = chosen(cashDue);
    if (amount !== null) checkout.cash(amount);
  };
  const card = (): void => {
    const amount = chosen(due);
    if (amount !== null) onCard(amount);
  };
  useKeyLayer("screen", {
    actions: {
      back: () => (entry.text.get() === "" ? checkout.back() : entry.empty()),
      cash: () => {
        if (isSettled) cash();
      },
    },
    onTyped: (char) => {
      if (entry.type(char)) told.set(null);
    },
    onKey: (key) => {
      if (key === "Backspace") entry.press("erase");
      else if (key === "Enter" && entry.text.get() !== "") cash();
      else return false;
      return true;
    },
    // An amount typed by quick fingers is no barcode, unless the shop has such a code.
    onScan: (text) => {
      if (/^\d{1,7}$/.test(text) && shop().catalogue.byCode(text).length === 0) return false;
      desk.scan(text);
      return true;
    },
  });
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isSettled) first.current?.focus({ preventScroll: true });
  }, [isSettled]);
  return (
    <div className={classes.keys}>
      <div className={classes.ways}>
        {due < 0 ? (
          <button ref={first} type="button" className={classes.way} disabled={!isSettled} onClick={cash}>
            <Icon name="cash" size={22} />
            {t("pay.refundCash", { amount: formats.money(Math.abs(cashDue), rules) })}
          </button>
        ) : (
          <fieldset className={classes.fast} aria-label={t("pay.fastCash")}>
            {fastCash(cashDue, rules.currency).map((amount, index) => (
              <button
                key={amount}
                ref={index === 0 ? first : undefined}
                type="button"
                className={classes.offer}
                disabled={!isSettled}
                aria-label={t("pay.cashOf", { amount: formats.money(amount, rules) })}
                onClick={() => checkout.cash(amount)}
              >
                <span className={classes.offerAmount}>{formats.amount(amount, rules)}</span>
                {index === 0 ? <span className={classes.exact}>{t("pay.exact")}</span> : null}
              </button>
            ))}
          </fieldset>
        )}
        <button type="button" className={classes.way} disabled={!isSettled} onClick={card}>
          <Icon name="card" size={22} />
          {t("pay.card")}
        </button>
        <MoreTenders cart={cart} isSettled={isSettled} chosen={chosen} />
        <p className={classes.split}>{t("pay.split")}</p>
      </div>
      <section className={classes.pad} aria-label={t("pay.amount")} onMouseDown={keepFocus}>
        <EntryField entry={entry} label={t("pay.amount")} hint={t("pay.amountHint")} />
        <Keypad onKey={entry.press} point={rules.exponent === 0 ? null : formats.decimalPoint} />
        <button type="button" className={classes.cash} disabled={typed === "" || !isSettled} onClick={cash}>
          <Icon name="cash" size={22} />
          {t("pay.cash")}
        </button>
      </section>
    </div>
  );
}
