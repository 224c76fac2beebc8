import type { PricingRules } from "@holdfast/domain/cart/cart";
import type { StoreOfflineRefusal } from "@holdfast/domain/tender/stored-offline";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import type { Formats } from "@holdfast/ui/format";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button, Loader } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCounter, useKeyLayer, useValue } from "../../shell/use-counter.ts";
import type { CardState } from "../../tender/card-payments.ts";
import classes from "./CardDialog.module.css";

/** What the reader is doing, and what can be done when nobody knows what it did. */
export function ReaderDialog({ rules }: { readonly rules: PricingRules }): ReactNode {
  const { cards } = useCounter();
  const state = useValue(cards.state);
  return state.kind === "idle" ? null : <Busy state={state} rules={rules} />;
}

type BusyProps = { readonly state: Exclude<CardState, { readonly kind: "idle" }>; readonly rules: PricingRules };

function Busy({ state, rules }: BusyProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { cards } = useCounter();
  useKeyLayer("dialog", { isModal: true, onScan: () => false });
  const amount = formats.money(Math.abs(state.kind === "declined" ? state.amount : state.attempt.amount), rules);
  const dismiss = (): void => cards.dismiss();
  switch (state.kind) {
    case "asking":
      return (
        <Dialog opened onClose={dismiss} title={t("trust.asking")} size="sm">
          <p className={classes.amount}>{amount}</p>
          <p className={classes.text}>{t("trust.askingText", { amount })}</p>
          <Loader size="sm" />
        </Dialog>
      );
    case "unknown":
      return (
        <Dialog opened onClose={dismiss} title={t("trust.unknown")} size="sm">
          <div className={classes.form}>
            <p className={classes.text}>{t("trust.unknownText", { amount })}</p>
            <Button size="touch" fullWidth data-autofocus onClick={() => void cards.ask()}>
              {t("trust.askReader")}
            </Button>
            <Button size="touch" variant="default" fullWidth onClick={() => void cards.reverse()}>
              {t("trust.reverse")}
            </Button>
          </div>
        </Dialog>
      );
    default: {
      const { kind, max } = whyOf(state, formats, rules);
      return (
        <Dialog opened onClose={dismiss} title={t("trust.declined")} size="sm">
          <div className={classes.form}>
            <p className={classes.text}>{t("trust.declinedText", { amount, why: t(`trust.why.${kind}`, { max }) })}</p>
            <Button size="touch" fullWidth data-autofocus onClick={dismiss}>
              {t("trust.ok")}
            </Button>
          </div>
        </Dialog>
      );
    }
  }
}

type Why = { readonly kind: StoreOfflineRefusal["kind"] | "declined" | "cancelled" | "no-line"; readonly max: string };

function whyOf(state: CardState & { readonly kind: "declined" }, formats: Formats, rules: PricingRules): Why {
  const { why, reason } = state;
  if (why === null) return { kind: reason, max: "" };
  switch (why.kind) {
    case "amount-over-cap":
      return { kind: why.kind, max: formats.money(why.max, rules) };
    case "sum-over-cap":
      return { kind: why.kind, max: formats.money(why.left, rules) };
    case "oldest-over-age":
      return { kind: why.kind, max: formats.number(why.hours) };
    default:
      return { kind: why.kind, max: "" };
  }
}
