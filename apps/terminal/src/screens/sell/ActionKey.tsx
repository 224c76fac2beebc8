import { KeyHint } from "@holdfast/ui/KeyHint.tsx";
import type { ReactNode } from "react";
import { keyName as nameOfKey } from "../../shell/key-map.ts";
import classes from "./ActionKey.module.css";

export type ActionKeyProps = {
  readonly label: string;
  /** The key that does the same. */
  readonly keyName?: string;
  readonly disabled?: boolean;
  readonly onPress: () => void;
};

export function ActionKey({ label, keyName, disabled = false, onPress }: ActionKeyProps): ReactNode {
  return (
    <button type="button" className={classes.key} disabled={disabled} aria-keyshortcuts={keyName} onClick={onPress}>
      <span className={classes.label}>{label}</span>
      {keyName === undefined ? null : <KeyHint>{nameOfKey(keyName)}</KeyHint>}
    </button>
  );
}
