import { Panel } from "@holdfast/ui/Panel.tsx";
import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { isFreeKey, type KeyAction, keyActions, keyName } from "../../shell/key-map.ts";
import { keysOf, type Settings } from "../../shell/settings.ts";
import { useKeyLayer } from "../../shell/use-counter.ts";
import classes from "./SettingsScreen.module.css";

export type KeySettingsProps = {
  readonly settings: Settings;
  readonly onChange: (keys: Settings["keys"]) => void;
};

/** Every action can be put on another key: touch it, then press the key. */
export function KeySettings({ settings, onChange }: KeySettingsProps): ReactNode {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<KeyAction | null>(null);
  const [problem, setProblem] = useState("");
  const keys = keysOf(settings);
  const take = (action: KeyAction, key: string): void => {
    setAsking(null);
    const holder = keyActions.find((each) => each !== action && keys[each] === key);
    if (!isFreeKey(key)) setProblem(t("settings.keyTaken", { key: keyName(key) }));
    else if (holder !== undefined) {
      setProblem(t("settings.keyUsed", { key: keyName(key), action: t(`keys.${holder}`) }));
    } else onChange({ ...settings.keys, [action]: key });
  };
  return (
    <Panel title={t("settings.keys")}>
      <ul className={classes.keys}>
        {keyActions.map((action) => (
          <li key={action} className={classes.key}>
            <span>{t(`keys.${action}`)}</span>
            <button
              type="button"
              className={classes.capture}
              aria-pressed={asking === action}
              aria-label={t("settings.keyOf", { action: t(`keys.${action}`), key: keyName(keys[action]) })}
              onClick={() => {
                setProblem("");
                setAsking(asking === action ? null : action);
              }}
            >
              {asking === action ? t("settings.pressKey") : keyName(keys[action])}
            </button>
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <p className={classes.problem} role="alert">
          {problem}
        </p>
        <Button size="touch" variant="default" onClick={() => onChange({})}>
          {t("settings.keysReset")}
        </Button>
      </div>
      {asking === null ? null : <Capture onKey={(key) => take(asking, key)} />}
    </Panel>
  );
}

/** The next key, whatever it means otherwise. */
function Capture({ onKey }: { readonly onKey: (key: string) => void }): ReactNode {
  useKeyLayer("dialog", { isModal: true });
  useEffect(() => {
    const capture = (event: KeyboardEvent): void => {
      if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      onKey(event.key);
    };
    window.addEventListener("keydown", capture, { capture: true });
    return () => window.removeEventListener("keydown", capture, { capture: true });
  });
  return null;
}
