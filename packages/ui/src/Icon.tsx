import type { ReactNode } from "react";
import classes from "./Icon.module.css";
import { ICON_PATHS, type IconName, MIRRORED } from "./icon-paths.ts";

export type IconProps = {
  readonly name: IconName;
  /** Pixels, 18 if not said. */
  readonly size?: number;
};

/** An icon beside words that say the same: hidden from screen readers. */
export function Icon({ name, size = 18 }: IconProps): ReactNode {
  return (
    <svg
      className={classes.icon}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      data-mirrored={MIRRORED.has(name) || undefined}
      aria-hidden="true"
    >
      <path d={ICON_PATHS[name]} />
    </svg>
  );
}
