import { type ReactNode, useId } from "react";
import classes from "./Panel.module.css";

export type PanelProps = {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  /** Tables and lists reach the edges. */
  readonly flush?: boolean;
  readonly children: ReactNode;
};

/** One matter on a page. */
export function Panel({ title, actions, flush = false, children }: PanelProps): ReactNode {
  const heading = useId();
  return (
    <section className={classes.panel} {...(title === undefined ? {} : { "aria-labelledby": heading })}>
      {title === undefined && actions === undefined ? null : (
        <div className={classes.head}>
          <h2 className={classes.title} id={heading}>
            {title}
          </h2>
          {actions}
        </div>
      )}
      <div className={classes.body} data-flush={flush || undefined}>
        {children}
      </div>
    </section>
  );
}
