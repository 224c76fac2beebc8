import type { CaseDetail } from "@holdfast/protocol/office/cases";
import { Button, type ButtonProps } from "@mantine/core";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useRight } from "../../shell/use-me.ts";
import { BookHeld } from "./BookHeld.tsx";
import classes from "./CaseActions.module.css";
import { type CasePlace, casePlaces } from "./case-places.ts";

/** The ways on from a case. */
export function CaseActions({ detail }: { readonly detail: CaseDetail }): ReactNode {
  return (
    <div className={classes.actions}>
      {casePlaces(detail).map((place) => (
        <Way key={JSON.stringify(place)} place={place} detail={detail} />
      ))}
    </div>
  );
}

type WayProps = { readonly place: CasePlace; readonly detail: CaseDetail };

function Way({ place, detail }: WayProps): ReactNode {
  const { t } = useTranslation();
  const mayEdit = useRight("edit-catalog");
  const mayReadBooks = useRight("read-ledger");
  switch (place.to) {
    case "sale":
      return (
        <LinkButton to="/sales/$sale" params={{ sale: place.sale }}>
          {t("case.sale")}
        </LinkButton>
      );
    case "product":
      return (
        <LinkButton
          to="/products/$variant"
          params={{ variant: place.variant }}
          search={place.branch === null ? {} : { branch: place.branch }}
        >
          {t("case.product")}
        </LinkButton>
      );
    case "add-product":
      return mayEdit ? (
        <LinkButton to="/products" search={{ add: true }} variant="filled">
          {t("products.add")}
        </LinkButton>
      ) : null;
    case "terminals":
      return <LinkButton to="/terminals">{t("case.terminals")}</LinkButton>;
    case "entries":
      return mayReadBooks ? (
        <LinkButton to="/ledger/entries/$source" params={{ source: place.source }}>
          {t("sale.entries")}
        </LinkButton>
      ) : null;
    case "ledger":
      return mayReadBooks ? <LinkButton to="/ledger">{t("ledger.title")}</LinkButton> : null;
    case "book":
      return <BookHeld events={[place.event]} isRevoked={detail.case.details.code === "revoked"} />;
  }
}

type LinkButtonProps = Pick<LinkProps, "to" | "params" | "search"> &
  Pick<ButtonProps, "variant"> & { readonly children: ReactNode };

function LinkButton({ variant = "default", children, ...link }: LinkButtonProps): ReactNode {
  return (
    <Button variant={variant} renderRoot={(props) => <Link {...link} {...props} />}>
      {children}
    </Button>
  );
}
