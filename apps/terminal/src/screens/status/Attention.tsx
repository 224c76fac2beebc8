import { Panel } from "@holdfast/ui/Panel.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import classes from "./Attention.module.css";

/** Records that the server set aside, each with its reason. Nothing where there are none. */
export function Attention(): ReactNode {
  const { t } = useTranslation();
  const { terminal } = useCounter();
  useValue(terminal.status);
  const aside = terminal.outbox.attention();
  if (aside.length === 0) return null;
  return (
    <Panel title={t("statusList.attention")}>
      <p>{t("statusList.attentionText")}</p>
      <ul className={classes.list}>
        {aside.map(({ event, code, message }) => (
          <li key={event} className={classes.record}>
            <code>{event}</code>
            <span>
              {message} ({code})
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
