import { Icon } from "@holdfast/ui/Icon.tsx";
import { keepFocus } from "@holdfast/ui/keep-focus";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCounter } from "../../shell/use-counter.ts";
import classes from "./LineTools.module.css";

/** What can be done with the line that is selected, right under it. */
export function LineTools(): ReactNode {
  const { t } = useTranslation();
  const { desk } = useCounter();
  return (
    <fieldset className={classes.tools} aria-label={t("sell.lineTools")} onMouseDown={keepFocus}>
      <button type="button" className={classes.tool} aria-label={t("sell.less")} onClick={() => desk.stepQuantity(-1)}>
        <Icon name="minus" size={20} />
      </button>
      <button type="button" className={classes.tool} aria-label={t("sell.more")} onClick={() => desk.stepQuantity(1)}>
        <Icon name="plus" size={20} />
      </button>
      <button type="button" className={classes.tool} data-end onClick={() => desk.voidSelected()}>
        <Icon name="trash" size={18} />
        {t("sell.voidLine")}
      </button>
    </fieldset>
  );
}
