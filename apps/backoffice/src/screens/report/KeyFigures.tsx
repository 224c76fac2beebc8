import type { Takings } from "@holdfast/protocol/office/dashboard";
import { Money } from "@holdfast/ui/Money.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../shell/use-me.ts";
import classes from "./KeyFigures.module.css";

type Props = { readonly today: Takings; readonly weekBefore: Takings };

/** The three figures one looks at first, each against the same time a week before. */
export function KeyFigures({ today, weekBefore }: Props): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { merchant } = useMe();
  return (
    <dl className={classes.figures}>
      <Figure name={t("today.takings")} now={today.total} before={weekBefore.total}>
        <Money amount={today.total} currency={merchant} />
      </Figure>
      <Figure name={t("today.sales")} now={today.sales} before={weekBefore.sales}>
        <span className="tabular">{formats.number(today.sales)}</span>
      </Figure>
      <Figure name={t("today.average")} now={averageOf(today)} before={averageOf(weekBefore)}>
        <Money amount={averageOf(today)} currency={merchant} />
      </Figure>
    </dl>
  );
}

function averageOf({ sales, total }: Takings): number {
  return sales === 0 ? 0 : Math.round(total / sales);
}

type FigureProps = {
  readonly name: string;
  readonly now: number;
  readonly before: number;
  readonly children: ReactNode;
};

function Figure({ name, now, before, children }: FigureProps): ReactNode {
  return (
    <div className={classes.figure}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>{children}</dd>
      <dd className={classes.change}>
        <Change now={now} before={before} />
      </dd>
    </div>
  );
}

function Change({ now, before }: { readonly now: number; readonly before: number }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  if (before === 0) return t("today.noWeek");
  if (now === before) return t("today.sameAsWeek");
  const part = (now - before) / Math.abs(before);
  const change = `${part > 0 ? "+" : "−"}${formats.percent(Math.abs(part))}`;
  return (
    <span data-tone={part > 0 ? "up" : "down"} title={t("today.weekHint")}>
      {t("today.againstWeek", { change })}
    </span>
  );
}
