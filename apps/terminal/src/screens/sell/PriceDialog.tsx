import type { Cart } from "@holdfast/domain/cart/cart";
import { lineOf } from "@holdfast/domain/cart/edit-cart";
import { removeOverride } from "@holdfast/domain/cart/edit-price";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { Keypad } from "@holdfast/ui/Keypad.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Choice } from "../../shell/Choice.tsx";
import { EntryField } from "../../shell/EntryField.tsx";
import { createEntry } from "../../shell/entry.ts";
import { useCounter, useKeyLayer, useValue } from "../../shell/use-counter.ts";
import classes from "./Dialogs.module.css";

export type PriceDialogProps = { readonly cart: Cart; readonly line: number; readonly onClose: () => void };

const REASONS = ["shelf", "damaged", "agreed"] as const;

/** Another price for this line. The listed one stays on record, with the reason. */
export function PriceDialog({ cart, line: number, onClose }: PriceDialogProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { acts, desk, approvals, tell } = useCounter();
  const [entry] = useState(createEntry);
  const [reason, setReason] = useState<(typeof REASONS)[number]>("shelf");
  const isAsking = useValue(approvals.question) !== null;
  const isEmpty = useValue(entry.text) === "";
  const line = lineOf(cart, number);
  const set = async (): Promise<void> => {
    const price = entry.decimal();
    entry.empty();
    if (price === null || line === null) return;
    const { per } = line.unitPrice;
    if (await acts.overridePrice(number, { ...price, per }, t(`price.reason_${reason}`))) onClose();
  };
  const putBack = (): void => {
    if (desk.edit((now) => removeOverride(now, number), number)) onClose();
  };
  useKeyLayer("dialog", {
    isModal: !isAsking,
    onTyped: (char) => {
      // Left out in silence, a sign would make another price of what was meant.
      if (char === "-") tell({ kind: "refused", refusal: { kind: "price-negative" } });
      else entry.type(char);
    },
    onKey: (key) => {
      if (key === "Backspace") entry.press("erase");
      else if (key === "Enter" && entry.text.get() !== "") void set();
      else return false;
      return true;
    },
  });
  if (line === null) return null;
  const listed = line.override?.listed ?? line.unitPrice;
  return (
    <Dialog opened onClose={onClose} title={t("price.title")} size="sm">
      <p className={classes.text}>{t("price.listed", { name: line.name, price: formats.price(listed, cart.rules) })}</p>
      <div className={classes.measure}>
        <Choice
          label={t("price.reason")}
          value={reason}
          options={REASONS.map((value) => ({ value, label: t(`price.reason_${value}`) }))}
          onChoose={setReason}
        />
        <EntryField entry={entry} label={t("price.typed")} hint={t("price.hint")} focused />
        <Keypad onKey={entry.press} point={formats.decimalPoint} />
        <Button size="touch" fullWidth disabled={isEmpty} onClick={() => void set()}>
          {t("price.set")}
        </Button>
        {line.override === undefined ? null : (
          <Button size="touch" variant="default" fullWidth onClick={putBack}>
            {t("price.putBack")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
