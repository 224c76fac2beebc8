import { amount, subtract } from "@holdfast/domain/money/amount";
import { amountToText } from "@holdfast/domain/money/currency";
import { expectedCash, type Shift } from "@holdfast/domain/till/till";
import type { ShiftReport } from "@holdfast/domain/till/z-report";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { AmountField, useAmount } from "../../shell/AmountField.tsx";
import { useCounter, useShop } from "../../shell/use-counter.ts";
import classes from "./Shift.module.css";
import { useTry } from "./use-try.ts";

export type CloseShiftProps = {
  readonly shift: Shift & { readonly kind: "counted" };
  readonly onClosed: (report: ShiftReport) => void;
};

/** After the count: what should have been there, what of it stays, and the Z. */
export function CloseShift({ shift, onClosed }: CloseShiftProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { till } = useCounter();
  const { rules, branch } = useShop();
  const counted = shift.count.total;
  const overShort = subtract(counted, expectedCash(shift));
  const [text, setText] = useState(amountToText(amount(Math.min(branch.floatTarget, counted)), rules.exponent));
  const left = useAmount(text);
  const { attempt, problem, isBusy } = useTry();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(() => till.close(left ?? amount(-1)), onClosed);
  };
  const word = overShort === 0 ? "exact" : overShort > 0 ? "over" : "short";
  return (
    <Panel title={t("shift.closeTitle")}>
      <form className={classes.form} onSubmit={submit}>
        <dl className={classes.figures}>
          <div>
            <dt>{t("shift.expected")}</dt>
            <dd data-testid="expected">{formats.money(expectedCash(shift), rules)}</dd>
          </div>
          <div>
            <dt>{t("shift.found")}</dt>
            <dd>{formats.money(counted, rules)}</dd>
          </div>
          <div data-tone={word}>
            <dt>{t(`shift.${word}`)}</dt>
            <dd data-testid="over-short">{formats.money(Math.abs(overShort), rules)}</dd>
          </div>
        </dl>
        <AmountField label={t("shift.left")} hint={t("shift.leftHint")} text={text} onText={setText} focused />
        <p className={classes.total}>
          <span>{t("shift.dropped")}</span>
          <span className={classes.figure}>
            {left === null || left > counted ? "–" : formats.money(subtract(counted, left), rules)}
          </span>
        </p>
        {problem === null ? null : <ErrorNotice message={problem} />}
        <Button type="submit" size="xl" loading={isBusy} disabled={left === null || left > counted}>
          {t("shift.close")}
        </Button>
      </form>
    </Panel>
  );
}
