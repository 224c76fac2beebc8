import { useFormats } from "@holdfast/ui/use-formats";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./SyncState.module.css";
import { syncText } from "./sync-text.ts";
import { useCounter, useValue } from "./use-counter.ts";

/** Whether everything is where it belongs, and if not, why. A touch shows every record. */
export function SyncState(): ReactNode {
  const { t } = useTranslation();
  const { place } = useCounter();
  return (
    <button
      type="button"
      className={classes.open}
      title={t("statusList.open")}
      onClick={() => place.set({ screen: "status" })}
    >
      <SyncWords />
    </button>
  );
}

export function SyncWords(): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { terminal } = useCounter();
  const { tone, cause, stored } = syncText(useValue(terminal.status), { t, formats });
  return (
    <output className={classes.state} data-testid="sync-state" data-tone={tone}>
      <span className={classes.dot} aria-hidden="true" />
      <span className={classes.words}>
        <span className={classes.cause}>{cause}</span>
        {stored === null ? null : <span className={classes.stored}>{stored}</span>}
      </span>
    </output>
  );
}
