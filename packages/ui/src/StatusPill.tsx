import type { ReactNode } from "react";
import classes from "./StatusPill.module.css";

/** What a state means to a person; its words say it too. */
export type Tone = "neutral" | "accent" | "success" | "warn" | "danger" | "offline";

export type StatusPillProps = { readonly tone: Tone; readonly children: ReactNode };

/** A state in a word or two. */
export function StatusPill({ tone, children }: StatusPillProps): ReactNode {
  return (
    <span className={classes.pill} data-tone={tone}>
      <span className={classes.dot} data-tone={tone} aria-hidden="true" />
      {children}
    </span>
  );
}
