import type { CaseDetail } from "@holdfast/protocol/office/cases";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./CaseActions.module.css";
import { knownKind } from "./use-case-kind.ts";

/** Where a case of each kind is settled: one to three ways, the likeliest first. */
export function CaseActions({ detail }: { readonly detail: CaseDetail }): ReactNode {
  return <div className={classes.actions}>{actionsOf(detail)}</div>;
}

function actionsOf({ case: found, oversold }: CaseDetail): ReactNode {
  const kind = knownKind(found.kind);
  switch (kind) {
    case "oversold":
      return oversold === null ? null : <ToProduct variant={oversold.variant} branch={found.branch} />;
    case "calc-difference":
      return <ToSale sale={found.subject} />;
    case "unidentified-item":
      return (
        <>
          <ToProducts />
          <ToSale sale={found.subject} />
        </>
      );
    case "terminal-fork":
      return <ToTerminals />;
    case "quarantined":
    case "event-conflict":
      return <ToQuarantine />;
    case null:
      return null;
  }
}

function ToSale({ sale }: { readonly sale: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <Button variant="default" renderRoot={(props) => <Link to="/sales/$sale" params={{ sale }} {...props} />}>
      {t("case.sale")}
    </Button>
  );
}

function ToProduct({ variant, branch }: { readonly variant: string; readonly branch: string | null }): ReactNode {
  const { t } = useTranslation();
  const search = branch === null ? {} : { branch };
  return (
    <Button
      variant="default"
      renderRoot={(props) => <Link to="/products/$variant" params={{ variant }} search={search} {...props} />}
    >
      {t("case.product")}
    </Button>
  );
}

function ToProducts(): ReactNode {
  const { t } = useTranslation();
  return (
    <Button renderRoot={(props) => <Link to="/products" search={{ add: true }} {...props} />}>
      {t("products.add")}
    </Button>
  );
}

function ToTerminals(): ReactNode {
  const { t } = useTranslation();
  return (
    <Button variant="default" renderRoot={(props) => <Link to="/terminals" {...props} />}>
      {t("case.terminals")}
    </Button>
  );
}

function ToQuarantine(): ReactNode {
  const { t } = useTranslation();
  return (
    <Button variant="default" renderRoot={(props) => <Link to="/inbox" search={{ show: "quarantine" }} {...props} />}>
      {t("case.quarantine")}
    </Button>
  );
}
