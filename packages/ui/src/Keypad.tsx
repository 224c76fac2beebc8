import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";
import classes from "./Keypad.module.css";
import { keepFocus } from "./keep-focus.ts";

/** A digit, the decimal point whatever the locale writes for it, or the last one taken back. */
export type KeypadKey = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "." | "erase";

export type KeypadProps = {
  readonly onKey: (key: KeypadKey) => void;
  /** What the locale writes between whole and part; null where nothing has parts. */
  readonly point: string | null;
  readonly disabled?: boolean;
};

const KEYS = ["7", "8", "9", "4", "5", "6", "1", "2", "3"] as const;

/** Digits for fingers. It stays where it is whatever happens around it, and never takes the focus away. */
export function Keypad({ onKey, point, disabled = false }: KeypadProps): ReactNode {
  const { t } = useTranslation("ui");
  return (
    <fieldset className={classes.keypad} aria-label={t("keypad")} dir="ltr" onMouseDown={keepFocus}>
      {KEYS.map((key) => (
        <button key={key} type="button" className={classes.key} disabled={disabled} onClick={() => onKey(key)}>
          {key}
        </button>
      ))}
      {point === null ? (
        <span />
      ) : (
        <button
          type="button"
          className={classes.key}
          aria-label={t("decimalPoint")}
          disabled={disabled}
          onClick={() => onKey(".")}
        >
          {point}
        </button>
      )}
      <button type="button" className={classes.key} disabled={disabled} onClick={() => onKey("0")}>
        0
      </button>
      <button
        type="button"
        className={classes.key}
        data-quiet
        aria-label={t("erase")}
        disabled={disabled}
        onClick={() => onKey("erase")}
      >
        <Icon name="backspace" size={22} />
      </button>
    </fieldset>
  );
}
