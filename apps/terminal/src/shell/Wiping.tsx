import { Icon } from "@holdfast/ui/Icon.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Gate.module.css";
import { Gate } from "./Gate.tsx";

/** Somebody asked for this device to be wiped: it brings what only it has, and nothing can be done here meanwhile. */
export function Wiping(): ReactNode {
  const { t } = useTranslation();
  return (
    <Gate title={t("wipe.under")} icon={<Icon name="device" size={26} />}>
      <p className={classes.text} role="status">
        {t("wipe.underText")}
      </p>
    </Gate>
  );
}
