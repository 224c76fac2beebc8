import { useFormats } from "@holdfast/ui/use-formats";
import type { ReactNode } from "react";
import classes from "./EntryField.module.css";
import type { Entry } from "./entry.ts";
import { useValue } from "./use-counter.ts";

export type EntryFieldProps = {
  readonly entry: Entry;
  readonly label: string;
  /** Shows while nothing is typed. */
  readonly hint: string;
  /** Takes the focus in a dialog, so that Enter presses nothing else. */
  readonly focused?: boolean;
};

/** What was typed on the keypad so far. */
export function EntryField({ entry, label, hint, focused = false }: EntryFieldProps): ReactNode {
  const { decimalPoint } = useFormats();
  const text = useValue(entry.text);
  return (
    <output className={classes.entry} aria-label={label} {...(focused ? { tabIndex: -1, "data-autofocus": true } : {})}>
      {text === "" ? <span className={classes.hint}>{hint}</span> : <bdi>{text.replace(".", decimalPoint)}</bdi>}
    </output>
  );
}
