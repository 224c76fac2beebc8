import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { KeyHint } from "@holdfast/ui/KeyHint.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./KeySheet.module.css";
import { keyActions, keyName } from "./key-map.ts";
import { keysOf } from "./settings.ts";
import { useCounter, useKeyLayer, useValue } from "./use-counter.ts";

/** Every key and what it does. */
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
    </Dialog>
  );
}
