import { Icon } from "@holdfast/ui/Icon.tsx";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Gate.module.css";
import { Gate } from "./Gate.tsx";

/** Another window writes this terminal's log: this one steps aside until a person says otherwise. */
export function Elsewhere({ onTakeOver }: { readonly onTakeOver: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Gate title={t("app.elsewhere")} icon={<Icon name="device" size={26} />}>
      <p className={classes.text}>{t("app.elsewhereText")}</p>
      <Button size="touch" fullWidth onClick={onTakeOver}>
        {t("app.takeOver")}
      </Button>
    </Gate>
  );
}
