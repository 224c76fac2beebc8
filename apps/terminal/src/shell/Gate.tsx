import { Logo } from "@holdfast/ui/Logo.tsx";
import type { ReactNode } from "react";
import { ColorSchemeToggle } from "./ColorSchemeToggle.tsx";
import classes from "./Gate.module.css";

export type GateProps = {
  readonly title: string;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
};

/** One matter in the middle of an otherwise empty window. */
export function Gate({ title, icon, children }: GateProps): ReactNode {
  return (
    <main className={classes.place}>
      <section className={classes.card}>
        {icon === undefined ? <Logo size={36} /> : <span className={classes.icon}>{icon}</span>}
        <h1 className={classes.title}>{title}</h1>
        {children}
      </section>
      <div className={classes.corner}>
        <ColorSchemeToggle />
      </div>
    </main>
  );
}
