import type { ReactNode } from "react";
import classes from "./KeyHint.module.css";

/** The key that does what stands beside it; `aria-keyshortcuts` there tells screen readers. */
export function KeyHint({ children }: { readonly children: string }): ReactNode {
  return (
    <span className={classes.frame} aria-hidden="true">
      <kbd className={classes.key}>{children}</kbd>
    </span>
  );
}
