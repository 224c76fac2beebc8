import type { PricingRules } from "@holdfast/domain/cart/cart";
import type { Amount } from "@holdfast/domain/money/amount";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCounter, useKeyLayer } from "../../shell/use-counter.ts";
import classes from "./CardDialog.module.css";

export type CardDialogProps = { readonly amount: Amount; readonly rules: PricingRules; readonly onClose: () => void };

/** A card on a reader of its own: its slip's number ties the two together, and nothing of the card is typed. */
export function CardDialog({ amount, rules, onClose }: CardDialogProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { checkout } = useCounter();
  const [reference, setReference] = useState("");
  const [isMissing, setMissing] = useState(false);
  useKeyLayer("dialog", { isModal: true, onScan: () => false });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(reference.trim() === "");
    if (reference.trim() === "") return;
    onClose();
    checkout.card(amount, reference.trim());
  };
  return (
    <Dialog opened onClose={onClose} title={t("pay.cardTitle")} size="sm">
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.amount}>{formats.money(amount, rules)}</p>
        <p className={classes.text}>{t("pay.cardText", { amount: formats.money(amount, rules) })}</p>
        <TextInput
          label={t("pay.reference")}
          description={t("pay.referenceHint")}
          size="touch"
          data-autofocus
          autoComplete="off"
          inputMode="numeric"
          maxLength={40}
          error={isMissing ? t("pay.referenceMissing") : null}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <Button type="submit" size="touch" fullWidth>
          {t("pay.cardConfirm")}
        </Button>
      </form>
    </Dialog>
  );
}
