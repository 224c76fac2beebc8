import type { Cart } from "@holdfast/domain/cart/cart";
import { lineOf } from "@holdfast/domain/cart/edit-cart";
import { removeLineDiscount, removeOrderDiscount } from "@holdfast/domain/cart/edit-price";
import { amount } from "@holdfast/domain/money/amount";
import { decimalToText } from "@holdfast/domain/money/decimal";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { Keypad } from "@holdfast/ui/Keypad.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reduction } from "../../cart/guarded-acts.ts";
import { usePriced } from "../../cart/use-priced.ts";
import { Choice } from "../../shell/Choice.tsx";
import { EntryField } from "../../shell/EntryField.tsx";
import { createEntry, type Entry } from "../../shell/entry.ts";
import { useCounter, useKeyLayer, useValue } from "../../shell/use-counter.ts";
import classes from "./Dialogs.module.css";
import { GivenDiscounts } from "./GivenDiscounts.tsx";

export type DiscountDialogProps = {
  readonly cart: Cart;
  readonly selected: number | null;
  readonly onClose: () => void;
};

const PERCENTS = [5, 10, 15, 20, 30, 50] as const;
const PPM_PER_PERCENT = 10_000;
const REASONS = ["goodwill", "damaged", "staff", "matched"] as const;

/** Less for one line or for all of it, by percent or by money, with a reason. */
export function DiscountDialog({ cart, selected, onClose }: DiscountDialogProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { acts, desk, approvals } = useCounter();
  const [entry] = useState(createEntry);
  const [isWhole, setWhole] = useState(selected === null);
  const [kind, setKind] = useState<Reduction["kind"]>("percent");
  const [reason, setReason] = useState<(typeof REASONS)[number]>("goodwill");
  const { lines } = usePriced(cart);
  const isAsking = useValue(approvals.question) !== null;
  const line = selected === null ? null : lineOf(cart, selected);
  const give = async (reduction: Reduction | null): Promise<void> => {
    if (reduction === null) return;
    entry.empty();
    const words = t(`discount.reason_${reason}`);
    const isDone =
      isWhole || line === null
        ? await acts.discountOrder(reduction, words)
        : await acts.discountLine(line.line, reduction, words);
    if (isDone) onClose();
  };
  const typed = (): Reduction | null => reductionOf(entry, kind, cart);
  useKeyLayer("dialog", {
    isModal: !isAsking,
    onTyped: (char) => {
      if (char === "%") setKind("percent");
      else entry.type(char);
    },
    onKey: (key) => {
      if (key === "Backspace") entry.press("erase");
      else if (key === "Enter" && entry.text.get() !== "") void give(typed());
      else return false;
      return true;
    },
  });
  const isEmpty = useValue(entry.text) === "";
  return (
    <Dialog opened onClose={onClose} title={t("discount.title")} size="lg">
      <div className={classes.columns}>
        <div className={classes.measure}>
          <Choice
            label={t("discount.of")}
            value={isWhole || line === null ? "whole" : "line"}
            options={[
              ...(line === null ? [] : [{ value: "line" as const, label: line.name }]),
              { value: "whole" as const, label: t("discount.whole") },
            ]}
            onChoose={(value) => setWhole(value === "whole")}
          />
          <Choice
            label={t("discount.by")}
            value={kind}
            options={[
              { value: "percent" as const, label: t("discount.percent") },
              { value: "amount" as const, label: t("discount.money", { currency: cart.rules.currency }) },
            ]}
            onChoose={setKind}
          />
          <Choice
            label={t("discount.reason")}
            value={reason}
            options={REASONS.map((value) => ({ value, label: t(`discount.reason_${value}`) }))}
            onChoose={setReason}
          />
          <GivenDiscounts
            cart={cart}
            lines={lines}
            onLine={(of, index) => desk.edit((now) => removeLineDiscount(now, of, index), of)}
            onOrder={(index) => desk.edit((now) => removeOrderDiscount(now, index), selected)}
          />
        </div>
        <div className={classes.measure}>
          {kind === "percent" ? (
            <fieldset className={classes.quick} aria-label={t("discount.quick")}>
              {PERCENTS.map((percent) => (
                <button
                  key={percent}
                  type="button"
                  className={classes.quickKey}
                  onClick={() => void give({ kind: "percent", percentPpm: percent * PPM_PER_PERCENT })}
                >
                  {formats.percent(percent / 100)}
                </button>
              ))}
            </fieldset>
          ) : null}
          <EntryField entry={entry} label={t("discount.typed")} hint={t(`discount.hint_${kind}`)} focused />
          <Keypad onKey={entry.press} point={formats.decimalPoint} />
          <Button size="touch" fullWidth disabled={isEmpty} onClick={() => void give(typed())}>
            {t("discount.give")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** What was typed as a reduction; out of range where it is none, for the cart to say so. */
function reductionOf(entry: Entry, kind: Reduction["kind"], { rules }: Cart): Reduction | null {
  if (kind === "amount") return { kind, amount: entry.amount(rules.currency) ?? amount(0) };
  const percent = entry.decimal();
  return percent === null ? null : { kind, percentPpm: Math.round(Number(decimalToText(percent)) * PPM_PER_PERCENT) };
}
