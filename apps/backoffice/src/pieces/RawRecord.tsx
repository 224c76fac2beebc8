import { CopyText } from "@holdfast/ui/CopyText.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./RawRecord.module.css";

/** A record's text as it was signed, to the byte; laid out for reading, copied as it is. */
export function RawRecord({ raw }: { readonly raw: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <details className={classes.record}>
      <summary className={classes.summary}>{t("sale.showRaw")}</summary>
      <CopyText text={raw} label={t("sale.copyRaw")} />
      {/* Scrolls by itself, so it takes the keyboard's focus. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable */}
      <pre className={classes.text} dir="ltr" tabIndex={0}>
        {legible(raw)}
      </pre>
    </details>
  );
}

function legible(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}
