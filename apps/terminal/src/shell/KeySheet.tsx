import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { KeyHint } from "@holdfast/ui/KeyHint.tsx";
import { QrCode } from "@holdfast/ui/QrCode.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Command, commandCode } from "./command-code.ts";
import classes from "./KeySheet.module.css";
import { keyActions, keyName } from "./key-map.ts";
import { keysOf } from "./settings.ts";
import { useCounter, useKeyLayer, useValue } from "./use-counter.ts";

/** What a sale takes, without a hand on the till. */
const SCANNED: readonly Command[] = ["pay", "cash", "back", "void", "more", "less", "suspend", "lock"];

/** Every key and what it does, and the codes that do it for whoever has a scanner alone. */
export function KeySheet({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const keys = keysOf(useValue(useCounter().settings));
  useKeyLayer("dialog", { isModal: true, actions: { help: onClose } });
  const rows = [
    ...keyActions.map((action) => ({ name: action, key: keyName(keys[action]) })),
    { name: "enter" as const, key: "Enter" },
    { name: "arrows" as const, key: "↑ ↓" },
  ];
  return (
    <Dialog opened onClose={onClose} title={t("keys.title")}>
      <dl className={classes.keys}>
        {rows.map(({ name, key }) => (
          <div key={name} className={classes.row}>
            <dt>{t(`keys.${name}`)}</dt>
            <dd>
              <span className="visually-hidden">{key}</span>
              <KeyHint>{key}</KeyHint>
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.note}>{t("keys.change")}</p>
      <h2 className={classes.heading}>{t("keys.codes")}</h2>
      <p className={classes.note}>{t("keys.codesNote")}</p>
      <ul className={classes.codes}>
        {SCANNED.map((command) => (
          <li key={command} className={classes.code}>
            <QrCode text={commandCode(command)} size={120} label={t("keys.codeOf", { action: t(`keys.${command}`) })} />
            <span>{t(`keys.${command}`)}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
