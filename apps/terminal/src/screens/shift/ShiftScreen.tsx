import type { ShiftReport } from "@holdfast/domain/till/z-report";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ScreenFrame } from "../../shell/ScreenFrame.tsx";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import { CloseShift } from "./CloseShift.tsx";
import { CountDrawer } from "./CountDrawer.tsx";
import { OpenShift } from "./OpenShift.tsx";
import { ReportView } from "./ReportView.tsx";
import { ShiftOverview } from "./ShiftOverview.tsx";

/** From the float to the Z: whatever the till's shift needs next. */
export function ShiftScreen(): ReactNode {
  const { t } = useTranslation();
  const { till } = useCounter();
  const { shift } = useValue(till.state);
  const [isCounting, setCounting] = useState(false);
  const [report, setReport] = useState<ShiftReport | null>(null);
  return (
    <ScreenFrame title={t("screen.shift")} hasBack={shift?.kind === "open"}>
      {report !== null ? (
        <ReportView report={report} onDone={() => setReport(null)} />
      ) : shift === null || shift.kind === "closed" ? (
        <OpenShift onForgotten={setReport} />
      ) : shift.kind === "counted" ? (
        <CloseShift shift={shift} onClosed={setReport} />
      ) : isCounting ? (
        <CountDrawer onBack={() => setCounting(false)} onCounted={() => setCounting(false)} />
      ) : (
        <ShiftOverview shift={shift} onCount={() => setCounting(true)} onReport={setReport} />
      )}
    </ScreenFrame>
  );
}
