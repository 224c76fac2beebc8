import type { OfficeTerminal } from "@holdfast/protocol/office/terminals";
import { Icon } from "@holdfast/ui/Icon.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./TerminalAlarms.module.css";

/** What would be lost with a device, said before anything else. */
export function TerminalAlarms({ terminals }: { readonly terminals: readonly OfficeTerminal[] }): ReactNode {
  const { t } = useTranslation();
  const holding = terminals.filter(({ missing }) => missing > 0);
  if (holding.length === 0) return null;
  return (
    <ul className={classes.alarms}>
      {holding.map(({ terminal, name, missing }) => (
        <li key={terminal} className={classes.alarm} data-tone="danger">
          <Icon name="alert" />
          <p>{t("terminals.missingText", { count: missing, name })}</p>
        </li>
      ))}
    </ul>
  );
}
