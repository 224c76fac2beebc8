import type { ReactNode } from "react";
import classes from "./Page.module.css";

/** The measure and rhythm of every screen. */
export function Page({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={classes.page}>{children}</div>;
}
