import type { ReactNode } from "react";
import classes from "./PageHeader.module.css";

export type PageHeaderProps = {
  readonly title: ReactNode;
  /** A line of context under the title. */
  readonly detail?: ReactNode;
  /** The way back, above the title. */
  readonly back?: ReactNode;
  readonly actions?: ReactNode;
};

export function PageHeader({ title, detail, back, actions }: PageHeaderProps): ReactNode {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {back}
        <h1 className={classes.title}>{title}</h1>
        {detail === undefined ? null : <div className={classes.detail}>{detail}</div>}
      </div>
      {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
