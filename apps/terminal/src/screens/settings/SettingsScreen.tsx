import { Panel } from "@holdfast/ui/Panel.tsx";
import { NativeSelect, useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ScreenFrame } from "../../shell/ScreenFrame.tsx";
import type { Settings } from "../../shell/settings.ts";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import { KeySettings } from "./KeySettings.tsx";
import { PrinterSettings } from "./PrinterSettings.tsx";
import { ScaleSettings } from "./ScaleSettings.tsx";
import classes from "./SettingsScreen.module.css";

const LOCK_MINUTES = [1, 2, 5, 10, 30, 60] as const;

/** How this device is set up; nothing here is shared with another one. */
export function SettingsScreen(): ReactNode {
  const { t } = useTranslation();
  const counter = useCounter();
  const settings = useValue(counter.settings);
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const change = (part: Partial<Settings>): void => counter.settings.set({ ...settings, ...part });
  return (
    <ScreenFrame title={t("screen.settings")}>
      <Panel title={t("settings.device")}>
        <div className={classes.fields}>
          <label className={classes.switch}>
            <input
              type="checkbox"
              checked={settings.sound}
              onChange={(event) => change({ sound: event.currentTarget.checked })}
            />
            {t("settings.sound")}
          </label>
          <NativeSelect
            size="touch"
            label={t("settings.lockAfter")}
            value={String(settings.lockAfterMinutes)}
            data={LOCK_MINUTES.map((minutes) => ({
              value: String(minutes),
              label: t("settings.minutes", { count: minutes }),
            }))}
            onChange={(event) => change({ lockAfterMinutes: Number(event.currentTarget.value) })}
          />
          <NativeSelect
            size="touch"
            label={t("settings.language")}
            value={settings.language ?? "auto"}
            data={(["auto", "en", "ar"] as const).map((value) => ({ value, label: t(`settings.language_${value}`) }))}
            onChange={(event) => {
              const language = event.currentTarget.value;
              change({ language: language === "en" || language === "ar" ? language : null });
              // Words, figures and direction are set up once, before anything shows.
              location.reload();
            }}
          />
          <NativeSelect
            size="touch"
            label={t("settings.colours")}
            value={colorScheme}
            data={(["auto", "light", "dark"] as const).map((value) => ({
              value,
              label: t(`settings.colours_${value}`),
            }))}
            onChange={(event) => setColorScheme(event.currentTarget.value as "auto" | "light" | "dark")}
          />
        </div>
      </Panel>
      <KeySettings settings={settings} onChange={(keys) => change({ keys })} />
      <PrinterSettings />
      <ScaleSettings />
    </ScreenFrame>
  );
}
