import { CLOCK_ERROR_MS } from "@holdfast/domain/stock/count-cut";
import type { OfficeTerminal } from "@holdfast/protocol/office/terminals";
import { Icon } from "@holdfast/ui/Icon.tsx";
import type { IconName } from "@holdfast/ui/icon-paths";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { darknessByBranch } from "../../pieces/darkness.ts";
import { useDarknessText } from "../../pieces/use-darkness-text.ts";
import { useSkewText } from "../../pieces/use-skew-text.ts";
import { useNow } from "../../shell/use-now.ts";
import classes from "./TerminalAlarms.module.css";
import { terminalState } from "./terminal-state.ts";

type Alarm = {
  readonly key: string;
  readonly tone: "danger" | "warn" | "offline";
  readonly icon: IconName;
  readonly text: string;
};

/** What needs somebody, the worst first: what would be lost with a device, then who is not heard of, then what is doubtful. */
export function TerminalAlarms({ terminals }: { readonly terminals: readonly OfficeTerminal[] }): ReactNode {
  const alarms = useAlarms(terminals);
  if (alarms.length === 0) return null;
  return (
    <ul className={classes.alarms}>
      {alarms.map(({ key, tone, icon, text }) => (
        <li key={key} className={classes.alarm} data-tone={tone}>
          <Icon name={icon} />
          <p>{text}</p>
        </li>
      ))}
    </ul>
  );
}

function useAlarms(terminals: readonly OfficeTerminal[]): readonly Alarm[] {
  const { t } = useTranslation();
  const now = useNow();
  const darknessText = useDarknessText();
  const skewText = useSkewText();
  const inUse = terminals.filter(({ enrolledAt, revokedAt }) => enrolledAt !== null && revokedAt === null);
  const dark = inUse.filter((terminal) => terminalState(terminal, now) === "silent");
  const skewed = inUse.filter(({ clockSkewMs }) => Math.abs(clockSkewMs ?? 0) > CLOCK_ERROR_MS);
  const forgetful = inUse.filter(({ persisted }) => persisted === false);
  return [
    ...terminals
      .filter(({ missing }) => missing > 0)
      .map(({ terminal, name, missing }): Alarm => {
        const text = t("terminals.missingText", { count: missing, name });
        return { key: `missing ${terminal}`, tone: "danger", icon: "alert", text };
      }),
    ...darknessByBranch(dark).map((darkness): Alarm => {
      return { key: `dark ${darkness.branch}`, tone: "offline", icon: "offline", text: darknessText(darkness) };
    }),
    ...skewed.map(({ terminal, name, clockSkewMs }): Alarm => {
      const text = t("terminals.skewText", { name, skew: skewText(clockSkewMs ?? 0) });
      return { key: `skew ${terminal}`, tone: "warn", icon: "clock", text };
    }),
    ...forgetful.map(({ terminal, name }): Alarm => {
      return { key: `storage ${terminal}`, tone: "warn", icon: "alert", text: t("terminals.storageText", { name }) };
    }),
  ];
}
