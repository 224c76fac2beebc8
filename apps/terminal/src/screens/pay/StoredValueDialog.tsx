import type { PricingRules } from "@holdfast/domain/cart/cart";
import type { Amount } from "@holdfast/domain/money/amount";
import { cardCode } from "@holdfast/domain/tender/stored-value";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { trustRefusalText } from "../../cart/news-text.ts";
import { digit32 } from "../../receipt/code/base32.ts";
import { useCounter, useKeyLayer } from "../../shell/use-counter.ts";
import { randomBytes } from "../../store/web-crypto.ts";
import type { StoredValueKind } from "../../tender/trust.ts";
import classes from "./CardDialog.module.css";

export type StoredValueDialogProps = {
  readonly kind: StoredValueKind;
  readonly amount: Amount;
  readonly rules: PricingRules;
  readonly onClose: () => void;
};

/** A gift card or a store credit, with how much of it is sure and how much on trust. Money back can become store credit. */
export function StoredValueDialog({ kind, amount, rules, onClose }: StoredValueDialogProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { checkout, trust } = useCounter();
  const isRefund = amount < 0;
  const [text, setText] = useState(isRefund && kind === "store-credit" ? newCredit() : "");
  const [isMissing, setMissing] = useState(false);
  useKeyLayer("dialog", {
    isModal: true,
    onScan: (scanned) => {
      setText(scanned.trim());
      return true;
    },
  });
  const code = cardCode(text);
  const spending = isRefund || code === "" ? null : trust.spend(kind, code, amount);
  const { exposure, terminalMax } = trust.standing(kind, code);
  const money = (value: number): string => formats.money(value, rules);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(code === "");
    if (code === "" || spending?.ok === false) return;
    onClose();
    checkout.take(kind === "gift-card" ? { kind, amount, card: code } : { kind, amount, credit: code });
  };
  return (
    <Dialog opened onClose={onClose} title={t(kind === "gift-card" ? "trust.giftCard" : "trust.storeCredit")} size="sm">
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.amount}>{money(Math.abs(amount))}</p>
        <TextInput
          label={t("trust.code")}
          description={t(isRefund ? "trust.issueText" : "trust.codeHint")}
          size="touch"
          data-autofocus
          autoComplete="off"
          maxLength={100}
          error={isMissing ? t("trust.codeMissing") : null}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {spending?.ok === true ? (
          <p className={classes.text} data-testid="spending">
            {t("trust.sure", { amount: money(spending.value.sure) })}
            {spending.value.onTrust === 0 ? "" : ` · ${t("trust.onTrust", { amount: money(spending.value.onTrust) })}`}
          </p>
        ) : null}
        {spending?.ok === false ? (
          <ErrorNotice message={trustRefusalText(spending.refusal, { t, formats, rules })} />
        ) : null}
        {isRefund ? null : (
          <p className={classes.text}>{t("trust.exposure", { sum: money(exposure), max: money(terminalMax) })}</p>
        )}
        <Button type="submit" size="touch" fullWidth disabled={spending?.ok === false}>
          {t(isRefund ? "trust.issue" : "trust.take", { amount: money(Math.abs(amount)) })}
        </Button>
      </form>
    </Dialog>
  );
}

const CREDIT_CHARS = 12;

/** A code that nobody guesses; it stands on the receipt. */
function newCredit(): string {
  return `SC${[...randomBytes(CREDIT_CHARS)].map((byte) => digit32(byte & 31)).join("")}`;
}
