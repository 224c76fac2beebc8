import { Icon } from "@holdfast/ui/Icon.tsx";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Gate.module.css";
import { Gate } from "./Gate.tsx";
import { useValue } from "./use-counter.ts";
import type { WipedDevice } from "./wiped-device.ts";

/** A device that destroyed its copies says so, and what of it is still to be brought. */
export function Wiped({ device }: { readonly device: WipedDevice }): ReactNode {
  const { t } = useTranslation();
  const rest = useValue(device.rest);
  return (
    <Gate title={t("wipe.done", { name: device.name })} icon={<Icon name="check" size={26} />}>
      <p className={classes.text}>{t("wipe.doneText")}</p>
      <p className={classes.text} role="status">
        {rest === null ? t("wipe.telling") : rest === 0 ? t("wipe.allSent") : t("wipe.rest", { count: rest })}
      </p>
      {rest === null ? null : rest === 0 ? (
        <Button size="touch" variant="default" fullWidth onClick={() => void device.startOver()}>
          {t("wipe.startOver")}
        </Button>
      ) : (
        <Button size="touch" variant="default" fullWidth onClick={() => void device.saveRest()}>
          {t("wipe.saveRest")}
        </Button>
      )}
    </Gate>
  );
}
