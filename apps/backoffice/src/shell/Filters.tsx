import type { ReactNode } from "react";
import classes from "./Filters.module.css";

/** What narrows a list. It all stands in the address, so that it can be kept and sent on. */
export function Filters({ children }: { readonly children: ReactNode }): ReactNode {
  return <search className={classes.filters}>{children}</search>;
}
