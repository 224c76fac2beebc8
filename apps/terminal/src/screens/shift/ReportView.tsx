import type { ShiftReport } from "@holdfast/domain/till/z-report";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { printerFaultText } from "../../cart/news-text.ts";
import { printerReason } from "../../devices/printer/printer.ts";
import { PaperView } from "../../receipt/PaperView.tsx";
import type { ReportPaper } from "../../receipt/paper.ts";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import classes from "./Shift.module.css";

export type ReportViewProps = { readonly report: ShiftReport; readonly onDone: () => void };

/** A report on the screen, as it came out of the printer. A Z prints by itself, an X when it is asked for. */
export function ReportView({ report, onDone }: ReportViewProps): ReactNode {
  const { t } = useTranslation();
  const { papers, output, till } = useCounter();
  const { shift } = useValue(till.state);
  const [problem, setProblem] = useState<string | null>(null);
  const printed = useRef(0);
  const isZ = report.kind === "z";
  const make = useMemo(
    () =>
      (copy: boolean): ReportPaper =>
        papers.report(report, { copy, showsExpected: isZ }),
    [papers, report, isZ],
  );
  const print = async (): Promise<void> => {
    try {
      setProblem(null);
      await output.print(make(printed.current > 0));
      printed.current += 1;
    } catch (error) {
      setProblem(t("shift.notPrinted", { reason: printerFaultText(printerReason(error), t) }));
    }
  };
  const first = useRef(print);
  useEffect(() => {
    if (isZ) void first.current();
  }, [isZ]);
  const isOpen = shift !== null && shift.kind === "open";
  return (
    <div className={classes.report}>
      <div className={classes.reportSide}>
        {isZ ? (
          <>
            <h2 className={classes.since}>{t("shift.closedTitle")}</h2>
            <p className={classes.text}>{t("shift.closedText", { number: report.zNumber ?? 0 })}</p>
          </>
        ) : null}
        {problem === null ? null : <ErrorNotice message={problem} onRetry={() => void print()} />}
        <Button size="touch" variant="default" leftSection={<Icon name="printer" />} onClick={() => void print()}>
          {t(isZ ? "shift.reprint" : "receipt.print")}
        </Button>
        <Button size="touch" onClick={onDone}>
          {t(isOpen ? "shift.back" : "shift.newShift")}
        </Button>
      </div>
      <PaperView paper={make(false)} label={t(`report.title.${report.kind}`)} />
    </div>
  );
}
