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
};

/** What was typed on the keypad so far. */
export function EntryField({ entry, label, hint }: EntryFieldProps): ReactNode {
  const { decimalPoint } = useFormats();
  const text = useValue(entry.text);
  return (
    <output className={classes.entry} aria-label={label}>
      {text === "" ? <span className={classes.hint}>{hint}</span> : <bdi>{text.replace(".", decimalPoint)}</bdi>}
    </output>
  );
}
