import { parseAmount } from "@holdfast/domain/money/currency";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Question } from "../../cart/desk-state.ts";
import { AmountField, useAmount } from "../../shell/AmountField.tsx";
import { useCounter, useKeyLayer, useShop } from "../../shell/use-counter.ts";
import classes from "./Dialogs.module.css";

export type GiftCardQuestionProps = { readonly question: Exclude<Question, { readonly kind: "which" }> };

/** In major units. */
const USUAL_AMOUNTS = ["10", "20", "25", "50", "100", "150"] as const;

/** Which gift card is sold or topped up, and for how much. */
export function GiftCardQuestion({ question: { hit } }: GiftCardQuestionProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { desk } = useCounter();
  const { rules } = useShop();
  const [code, setCode] = useState("");
  const [text, setText] = useState("");
  const amount = useAmount(text);
  useKeyLayer("dialog", {
    isModal: true,
    onScan: (scanned) => {
      setCode(scanned.trim());
      return true;
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (amount !== null && code.trim() !== "") desk.answer(hit, { card: { code, amount } });
  };
  return (
    <Dialog opened onClose={() => desk.answer(null)} title={t("question.giftCard")} size="sm">
      <p className={classes.text}>{t("question.giftCardText")}</p>
      <form className={classes.measure} onSubmit={submit}>
        <TextInput
          label={t("question.cardCode")}
          description={t("question.cardCodeHint")}
          size="touch"
          data-autofocus
          autoComplete="off"
          maxLength={100}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <AmountField label={t("question.cardAmount")} text={text} onText={setText} />
        <fieldset className={classes.quick} aria-label={t("question.quickAmounts")}>
          {USUAL_AMOUNTS.map((usual) => (
            <button key={usual} type="button" className={classes.quickKey} onClick={() => setText(usual)}>
              {formats.money(parseAmount(usual, rules.currency) ?? 0, rules)}
            </button>
          ))}
        </fieldset>
        <Button type="submit" size="touch" fullWidth disabled={amount === null || amount === 0 || code.trim() === ""}>
          {t("question.add")}
        </Button>
      </form>
    </Dialog>
  );
}
