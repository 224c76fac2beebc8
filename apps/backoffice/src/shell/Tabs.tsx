import type { ReactNode } from "react";
import classes from "./Tabs.module.css";

/** Views of one screen, each with an address of its own; its children are links. */
export function Tabs({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {children}
    </nav>
  );
}
