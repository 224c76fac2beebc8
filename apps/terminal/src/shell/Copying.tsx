import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Gate.module.css";
import { Gate } from "./Gate.tsx";
import type { Terminal } from "./terminal.ts";
import { useValue } from "./use-counter.ts";

/** How far the first copy of the shop has come. */
export function Copying({ terminal }: { readonly terminal: Terminal }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { part, documents } = useValue(terminal.firstCopy);
  const { reach } = useValue(terminal.status);
  const percent = Math.floor(part * 100);
  return (
    <Gate title={t("app.copying")}>
      <p className={classes.text}>{t("app.copyingText")}</p>
      <div
        className={classes.bar}
        role="progressbar"
        aria-label={t("app.copying")}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div className={classes.part} style={{ inlineSize: `${percent}%` }} />
      </div>
      <p className={classes.text}>
        {formats.percent(percent / 100)} · {t("app.copied", { count: documents })}
      </p>
      {reach === "online" || reach === "unknown" ? null : (
        <ErrorNotice tone="offline" title={t("enrol.unreachable")} message={t("app.copyWaits")} />
      )}
    </Gate>
  );
}
