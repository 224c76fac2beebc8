import { Icon } from "@holdfast/ui/Icon.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { StatusPill, type Tone } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ScreenFrame } from "../../shell/ScreenFrame.tsx";
import { useCounter } from "../../shell/use-counter.ts";
import classes from "./ReadinessScreen.module.css";
import { useReadiness } from "./use-readiness.ts";

const TONES: Readonly<Record<"ready" | "mind" | "missing", Tone>> = {
  ready: "success",
  mind: "warn",
  missing: "danger",
};

/** Would this till get through a day with the network unplugged? Each answer with what to do about it. */
export function ReadinessScreen(): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const counter = useCounter();
  const checks = useReadiness(counter, { t, formats });
  return (
    <ScreenFrame title={t("screen.readiness")}>
      <Panel title={t("readiness.question")} flush>
        <ul className={classes.checks}>
          {checks.map(({ name, state, text }) => (
            <li key={name} className={classes.check} data-testid={`ready-${name}`} data-state={state}>
              <span className={classes.icon} data-state={state}>
                <Icon name={state === "ready" ? "check" : "alert"} size={20} />
              </span>
              <span className={classes.words}>
                <span className={classes.name}>{t(`readiness.${name}`)}</span>
                <span className={classes.text}>{text}</span>
              </span>
              <StatusPill tone={TONES[state]}>{t(`readiness.state_${state}`)}</StatusPill>
            </li>
          ))}
        </ul>
      </Panel>
    </ScreenFrame>
  );
}
