import type { CashMovementKind } from "@holdfast/domain/till/shift-events";
import type { Shift } from "@holdfast/domain/till/till";
import type { ShiftReport } from "@holdfast/domain/till/z-report";
import { Icon } from "@holdfast/ui/Icon.tsx";
import type { IconName } from "@holdfast/ui/icon-paths";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCounter, useShop, useValue } from "../../shell/use-counter.ts";
import { CashActDialog } from "./CashActDialog.tsx";
import classes from "./Shift.module.css";

export type CashAct = CashMovementKind | "no-sale";

const ACTS: readonly { readonly act: CashAct; readonly icon: IconName }[] = [
  { act: "paid-in", icon: "plus" },
  { act: "paid-out", icon: "minus" },
  { act: "pickup", icon: "shield" },
  { act: "loan", icon: "cash" },
  { act: "no-sale", icon: "door" },
];

export type ShiftOverviewProps = {
  readonly shift: Shift;
  readonly onCount: () => void;
  readonly onReport: (report: ShiftReport) => void;
};

/** An open shift: cash that moves without a sale, what was sold so far, and its end. */
export function ShiftOverview({ shift, onCount, onReport }: ShiftOverviewProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { till, desk } = useCounter();
  const { staff } = useShop();
  const [act, setAct] = useState<CashAct | null>(null);
  const state = useValue(desk.state);
  const hasCart = state.kind !== "paid" && (state.cart?.lines.length ?? 0) > 0;
  const { opened } = shift;
  return (
    <>
      <Panel>
        <div className={classes.facts}>
          <p className={classes.since}>{t("shift.isOpen", { time: formats.dateTime(opened.at) })}</p>
          <p className={classes.text}>
            {t("shift.businessDay", { day: formats.day(opened.businessDay, "long") })} ·{" "}
            {t("shift.openedBy", { name: staff.get(opened.by)?.name ?? "" })}
          </p>
        </div>
      </Panel>
      <Panel title={t("shift.cashTitle")}>
        <p className={classes.text}>{t("shift.cashText")}</p>
        <ul className={classes.acts}>
          {ACTS.map(({ act: each, icon }) => (
            <li key={each}>
              <button type="button" className={classes.act} onClick={() => setAct(each)}>
                <Icon name={icon} size={22} />
                <span className={classes.actName}>{t(`shift.act.${each}`)}</span>
                <span className={classes.actText}>{t(`shift.actText.${each}`)}</span>
              </button>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t("shift.endTitle")}>
        {hasCart ? <p className={classes.warn}>{t("shift.cartOpen")}</p> : null}
        <div className={classes.buttons}>
          <Button
            size="touch"
            variant="default"
            leftSection={<Icon name="receipt" />}
            onClick={() => void till.xReport().then((report) => report !== null && onReport(report))}
          >
            {t("shift.xReport")}
          </Button>
          <Button size="touch" leftSection={<Icon name="cash" />} disabled={hasCart} onClick={onCount}>
            {t("shift.count")}
          </Button>
        </div>
      </Panel>
      {act === null ? null : <CashActDialog act={act} onClose={() => setAct(null)} />}
    </>
  );
}
