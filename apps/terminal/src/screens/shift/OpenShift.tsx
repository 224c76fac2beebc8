import { type Amount, amount, ZERO } from "@holdfast/domain/money/amount";
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
import { useCounter, useShop, useValue } from "../../shell/use-counter.ts";
import classes from "./Shift.module.css";
import { useTry } from "./use-try.ts";

/** The float is counted and typed; one touch more and the till sells. */
export function OpenShift({ onForgotten }: { readonly onForgotten: (report: ShiftReport) => void }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { till, place } = useCounter();
  const { rules } = useShop();
  const { shift } = useValue(till.state);
  const carried = carriedOf(shift);
  const [text, setText] = useState(amountToText(carried, rules.exponent));
  const float = useAmount(text);
  const { attempt, problem, isBusy } = useTry();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(
      () => till.open(float ?? amount(-1)),
      ({ forgotten }) => {
        if (forgotten === null) place.set({ screen: "sell" });
        else onForgotten(forgotten);
      },
    );
  };
  const isForgotten = shift !== null && shift.kind !== "closed";
  return (
    <Panel title={t("shift.openTitle")}>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.text}>{t("shift.openText")}</p>
        {carried > 0 ? (
          <p className={classes.text}>{t("shift.carried", { amount: formats.money(carried, rules) })}</p>
        ) : null}
        {isForgotten ? (
          <p className={classes.warn}>{t("shift.forgotten", { day: formats.day(shift.opened.businessDay) })}</p>
        ) : null}
        <AmountField label={t("shift.float")} text={text} onText={setText} focused />
        {problem === null ? null : <ErrorNotice message={problem} />}
        <Button type="submit" size="xl" loading={isBusy} disabled={float === null}>
          {t("shift.open")}
        </Button>
      </form>
    </Panel>
  );
}

/** What should lie in the drawer already. */
function carriedOf(shift: Shift | null): Amount {
  if (shift === null) return ZERO;
  return shift.kind === "closed" ? shift.closed.left : expectedCash(shift);
}
