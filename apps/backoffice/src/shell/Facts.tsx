import type { ReactNode } from "react";
import classes from "./Facts.module.css";

export type FactsProps = { readonly facts: readonly (readonly [term: string, value: ReactNode])[] };

/** What is known of one thing, term by term. */
export function Facts({ facts }: FactsProps): ReactNode {
  return (
    <dl className={classes.facts}>
      {facts.map(([term, value]) => (
        <div key={term} className={classes.fact}>
          <dt className={classes.term}>{term}</dt>
          <dd className={classes.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
