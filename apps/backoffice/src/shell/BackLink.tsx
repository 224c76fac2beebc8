import { Icon } from "@holdfast/ui/Icon.tsx";
import type { LinkProps } from "@tanstack/react-router";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import classes from "./BackLink.module.css";

export type BackLinkProps = { readonly to: LinkProps["to"]; readonly children: ReactNode };

export function BackLink({ to, children }: BackLinkProps): ReactNode {
  return (
    <Link to={to ?? "/"} className={classes.back}>
      <Icon name="chevron-start" size={15} />
      {children}
    </Link>
  );
}
