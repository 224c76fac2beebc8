import type { ReactNode } from "react";
import classes from "./EmptyState.module.css";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon-paths.ts";

export type EmptyStateProps = {
  readonly icon: IconName;
  readonly title: string;
  /** What would fill this place. */
  readonly text?: string;
  readonly action?: ReactNode;
};

/** A place with nothing in it yet, and what would bring something. */
export function EmptyState({ icon, title, text, action }: EmptyStateProps): ReactNode {
  return (
    <div className={classes.empty}>
      <span className={classes.icon}>
        <Icon name={icon} size={26} />
      </span>
      <p className={classes.title}>{title}</p>
      {text === undefined ? null : <p className={classes.text}>{text}</p>}
      {action}
    </div>
  );
}
