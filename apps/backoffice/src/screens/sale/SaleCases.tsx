import type { OfficeCase } from "@holdfast/protocol/office/cases";
import type { Currency } from "@holdfast/ui/format";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Differences } from "../../pieces/Differences.tsx";
import { useCaseKind } from "../../pieces/use-case-kind.ts";
import classes from "./SaleCases.module.css";

type Props = { readonly cases: readonly OfficeCase[]; readonly currency: Currency };

/** What about this sale waits for a person, with the figures that the server finds otherwise. */
export function SaleCases({ cases, currency }: Props): ReactNode {
  const kindOf = useCaseKind();
  return cases.map((each) => (
    <section key={each.case} className={classes.notice} aria-label={kindOf(each.kind)}>
      <p className={classes.title}>
        <Icon name="alert" />
        <Link to="/inbox/$case" params={{ case: each.case }}>
          {kindOf(each.kind)}
        </Link>
      </p>
      <Differences details={each.details} currency={currency} />
    </section>
  ));
}
