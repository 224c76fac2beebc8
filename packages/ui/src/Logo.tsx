import type { ReactNode } from "react";
import classes from "./Logo.module.css";

export type LogoProps = {
  /** Height of the mark in pixels. */
  readonly size?: number;
  /** The mark alone, where the name stands nearby. */
  readonly markOnly?: boolean;
};

/** The mark is a holdfast: the grip by which kelp stays on its rock whatever the sea does. */
export function Logo({ size = 28, markOnly = false }: LogoProps): ReactNode {
  return (
    <span className={classes.logo}>
      <svg
        className={classes.mark}
        width={size}
        height={size}
        viewBox="0 0 32 32"
        role={markOnly ? "img" : undefined}
        aria-label={markOnly ? "Holdfast" : undefined}
        aria-hidden={markOnly ? undefined : true}
      >
        <rect className={classes.ground} width="32" height="32" rx="8" />
        <path
          className={classes.grip}
          d="M11.5 6.5v11.5c0 3.4-1.3 5.8-4.2 7.5M20.5 6.5v11.5c0 3.4 1.3 5.8 4.2 7.5M11.5 14.2h9M16 14.2v11.3"
        />
      </svg>
      {markOnly ? null : <span className={classes.name}>Holdfast</span>}
    </span>
  );
}
