import { Panel } from "@holdfast/ui/Panel.tsx";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { allowSerialPort, hasSerial } from "../../devices/printer/transport.ts";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import classes from "./SettingsScreen.module.css";

/** Which scale goods are weighed on. One on a cable is asked for once, and remembered by the browser. */
export function ScaleSettings(): ReactNode {
  const { t } = useTranslation();
  const { settings } = useCounter();
  const current = useValue(settings);
  const { scale } = current;
  const allow = async (): Promise<void> => {
    if (await allowSerialPort(navigator)) settings.set({ ...current, scale: "serial" });
  };
  return (
    <Panel title={t("scaleSettings.title")}>
      <div className={classes.choices}>
        <Button
          size="touch"
          variant={scale === "screen" ? "filled" : "default"}
          aria-pressed={scale === "screen"}
          onClick={() => settings.set({ ...current, scale: "screen" })}
        >
          {t("scaleSettings.screen")}
        </Button>
        {hasSerial(navigator) ? (
          <Button
            size="touch"
            variant={scale === "serial" ? "filled" : "default"}
            aria-pressed={scale === "serial"}
            onClick={() => void allow()}
          >
            {t("scaleSettings.serial")}
          </Button>
        ) : null}
      </div>
    </Panel>
  );
}
