import { Icon } from "@holdfast/ui/Icon.tsx";
import type { IconName } from "@holdfast/ui/icon-paths";
import { keepFocus } from "@holdfast/ui/keep-focus";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCounter } from "../../shell/use-counter.ts";
import type { OpenDialog } from "./dialog.ts";
import classes from "./LineTools.module.css";

export type LineToolsProps = { readonly line: number; readonly onDialog: OpenDialog };

/** What can be done with the line that is selected, right under it. */
export function LineTools({ line, onDialog }: LineToolsProps): ReactNode {
  const { t } = useTranslation();
  const { desk, acts } = useCounter();
  return (
    <fieldset className={classes.tools} aria-label={t("sell.lineTools")} onMouseDown={keepFocus}>
      <Tool icon="minus" label={t("sell.less")} onPress={() => desk.stepQuantity(-1)} />
      <Tool icon="plus" label={t("sell.more")} onPress={() => desk.stepQuantity(1)} />
      <Tool icon="percent" label={t("sell.discountLine")} onPress={() => onDialog("discount")} />
      <Tool icon="tag" label={t("sell.changePrice")} onPress={() => onDialog("price")} />
      <Tool icon="pencil" label={t("sell.note")} onPress={() => onDialog("note")} />
      <Tool icon="trash" label={t("sell.voidLine")} onPress={() => void acts.voidLine(line)} />
    </fieldset>
  );
}

type ToolProps = { readonly icon: IconName; readonly label: string; readonly onPress: () => void };

function Tool({ icon, label, onPress }: ToolProps): ReactNode {
  return (
    <button type="button" className={classes.tool} aria-label={label} title={label} onClick={onPress}>
      <Icon name={icon} size={20} />
    </button>
  );
}
