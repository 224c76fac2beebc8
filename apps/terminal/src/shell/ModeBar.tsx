import { Icon } from "@holdfast/ui/Icon.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ModeBar.module.css";
import { useCounter, useValue } from "./use-counter.ts";

/** Training and the outage drill cannot be mistaken for selling: a bar over everything, and in training a watermark. */
export function ModeBar(): ReactNode {
  const { t } = useTranslation();
  const { training, terminal } = useCounter();
  const isTraining = useValue(training.isOn);
  const isDrill = useValue(terminal.drill.isOn);
  return (
    <>
      {isTraining ? (
        <>
          <p className={classes.training} role="status" data-testid="training">
            <Icon name="alert" size={20} /> {t("day.trainingBar")}
          </p>
          <p className={classes.watermark} aria-hidden="true">
            {t("receipt.mark.training")}
          </p>
        </>
      ) : null}
      {isDrill ? (
        <p className={classes.drill} role="status" data-testid="drill">
          <Icon name="offline" size={20} /> {t("day.drillBar")}
        </p>
      ) : null}
    </>
  );
}
