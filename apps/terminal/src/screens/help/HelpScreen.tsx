import { Icon } from "@holdfast/ui/Icon.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ScreenFrame } from "../../shell/ScreenFrame.tsx";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import { causeOf } from "./cause.ts";
import classes from "./HelpScreen.module.css";

const WORKS = ["sell", "cash", "return", "shift", "print", "trust"] as const;
const WAITS = ["email", "prices", "balance"] as const;

/** What is wrong, by where it is, what works all the same, and how to try it. */
export function HelpScreen(): ReactNode {
  const { t } = useTranslation();
  const { terminal, printer, keeper, training, desk } = useCounter();
  const status = useValue(terminal.status);
  const device = [useValue(printer.fault), useValue(terminal.mirrorFault), useValue(keeper.fault)];
  const cause = causeOf(status.reach, {
    isOnline: navigator.onLine,
    hasDeviceFault: device.some((each) => each !== null),
  });
  const isTraining = useValue(training.isOn);
  const isDrill = useValue(terminal.drill.isOn);
  const state = useValue(desk.state);
  const hasCart = state.kind !== "paid" && state.cart !== null;
  return (
    <ScreenFrame title={t("screen.help")}>
      <Panel>
        <div className={classes.cause} data-cause={cause} data-testid="cause">
          <Icon name={cause === "fine" ? "check" : "alert"} size={28} />
          <div>
            <p className={classes.name}>{t(`day.cause.${cause}`)}</p>
            <p className={classes.text}>{t(`day.advice.${cause}`)}</p>
          </div>
        </div>
        <p className={classes.text}>{t("day.helpText")}</p>
        <div className={classes.lists}>
          <List title={t("day.works")} icon="check" items={WORKS.map((each) => t(`day.can.${each}`))} />
          {cause === "fine" ? null : (
            <List title={t("day.waits")} icon="clock" items={WAITS.map((each) => t(`day.cannot.${each}`))} />
          )}
        </div>
      </Panel>
      <Panel title={t("day.drill")}>
        <p className={classes.text}>{t("day.drillText")}</p>
        <p className={classes.text}>{t("day.drillSteps")}</p>
        <Button
          size="touch"
          variant={isDrill ? "filled" : "default"}
          onClick={() => {
            terminal.drill.set(!isDrill);
            terminal.loop.wake();
          }}
        >
          {t(isDrill ? "day.drillOff" : "day.drillOn")}
        </Button>
      </Panel>
      <Panel title={t("day.training")}>
        <p className={classes.text}>{t("day.trainingText")}</p>
        {hasCart ? <p className={classes.text}>{t("day.trainingCart")}</p> : null}
        <Button
          size="touch"
          variant={isTraining ? "filled" : "default"}
          disabled={hasCart}
          onClick={() => void training.toggle()}
        >
          {t(isTraining ? "day.trainingOff" : "day.trainingOn")}
        </Button>
      </Panel>
    </ScreenFrame>
  );
}

type ListProps = { readonly title: string; readonly icon: "check" | "clock"; readonly items: readonly string[] };

function List({ title, icon, items }: ListProps): ReactNode {
  return (
    <section aria-label={title}>
      <h3 className={classes.heading}>{title}</h3>
      <ul className={classes.items}>
        {items.map((item) => (
          <li key={item} className={classes.item}>
            <Icon name={icon} size={18} /> {item}
          </li>
        ))}
      </ul>
    </section>
  );
}
