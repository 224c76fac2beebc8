import { Panel } from "@holdfast/ui/Panel.tsx";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { allowSerialPort, allowUsbPrinter, hasSerial, hasUsb } from "../../devices/printer/transport.ts";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import classes from "./SettingsScreen.module.css";

const WIDTHS = [48, 42, 32] as const;
const LANGUAGES = ["esc-pos", "star-prnt", "star-line"] as const;

/** Which printer the receipts come out of. A cable's printer is asked for once, and remembered by the browser. */
export function PrinterSettings(): ReactNode {
  const { t } = useTranslation();
  const { settings } = useCounter();
  const current = useValue(settings);
  const { printer } = current;
  const set = (change: Partial<typeof printer>): void =>
    settings.set({ ...current, printer: { ...printer, ...change } });
  const allow = async (kind: "usb" | "serial"): Promise<void> => {
    const isAllowed = kind === "usb" ? await allowUsbPrinter(navigator) : await allowSerialPort(navigator);
    if (isAllowed) set({ kind });
  };
  return (
    <Panel title={t("printerSettings.title")}>
      <div className={classes.choices}>
        <Choice isChosen={printer.kind === "screen"} onChoose={() => set({ kind: "screen" })}>
          {t("printerSettings.screen")}
        </Choice>
        <Choice isChosen={printer.kind === "browser"} onChoose={() => set({ kind: "browser" })}>
          {t("printerSettings.browser")}
        </Choice>
        {hasUsb(navigator) ? (
          <Choice isChosen={printer.kind === "usb"} onChoose={() => void allow("usb")}>
            {t("printerSettings.usb")}
          </Choice>
        ) : null}
        {hasSerial(navigator) ? (
          <Choice isChosen={printer.kind === "serial"} onChoose={() => void allow("serial")}>
            {t("printerSettings.serial")}
          </Choice>
        ) : null}
      </div>
      <fieldset className={classes.choices} aria-label={t("printerSettings.width")}>
        {WIDTHS.map((columns) => (
          <Choice key={columns} isChosen={printer.columns === columns} onChoose={() => set({ columns })}>
            {t("printerSettings.columns", { count: columns })}
          </Choice>
        ))}
      </fieldset>
      <fieldset className={classes.choices} aria-label={t("printerSettings.language")}>
        {LANGUAGES.map((language) => (
          <Choice key={language} isChosen={printer.language === language} onChoose={() => set({ language })}>
            {t(`printerSettings.speaks.${language}`)}
          </Choice>
        ))}
      </fieldset>
    </Panel>
  );
}

type ChoiceProps = { readonly isChosen: boolean; readonly onChoose: () => void; readonly children: ReactNode };

function Choice({ isChosen, onChoose, children }: ChoiceProps): ReactNode {
  return (
    <Button size="touch" variant={isChosen ? "filled" : "default"} aria-pressed={isChosen} onClick={onChoose}>
      {children}
    </Button>
  );
}
