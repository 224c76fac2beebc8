import { exponentOf } from "@holdfast/domain/money/currency";
import type { OfficeShift, ShiftDetail } from "@holdfast/protocol/office/shifts";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Money } from "@holdfast/ui/Money.tsx";
import { PageHeader } from "@holdfast/ui/PageHeader.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { shiftQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { BackLink } from "../../shell/BackLink.tsx";
import { Facts } from "../../shell/Facts.tsx";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { Page } from "../../shell/Page.tsx";
import { useBranch } from "../../shell/use-me.ts";
import { useTitle } from "../../shell/use-title.ts";
import { OverShort } from "./OverShort.tsx";
import { ShiftDeeds } from "./ShiftDeeds.tsx";
import classes from "./ShiftScreen.module.css";
import { ZReport } from "./ZReport.tsx";

const route = getRouteApi("/shifts/$shift");

/** One shift: its Z report as it was printed, its cash, and what was done with it. */
export function ShiftScreen(): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { shift } = route.useParams();
  const query = useQuery(shiftQuery(useApi(), shift));
  const detail = query.data;
  const title =
    detail === undefined
      ? t("shifts.shift")
      : `${detail.shift.terminalName} · ${formats.day(detail.shift.businessDay)}`;
  useTitle(title);
  return (
    <Page>
      <PageHeader
        back={<BackLink to="/shifts">{t("shifts.back")}</BackLink>}
        title={title}
        detail={detail === undefined ? <Skeleton height={12} width={220} my={5} /> : <Standing shift={detail.shift} />}
      />
      <LoadFailure query={query} has={detail !== undefined} />
      {detail === undefined ? query.error === null && <Skeleton height={360} /> : <Panels detail={detail} />}
    </Page>
  );
}

function Panels({ detail: { shift, report, deeds } }: { readonly detail: ShiftDetail }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={classes.pair}>
      {report === null ? (
        <Panel title={t("shifts.zReport")}>
          <EmptyState icon="receipt" title={t("shifts.noZ")} text={t("shifts.noZText")} />
        </Panel>
      ) : (
        <ZReport report={report} currency={shift.currency} />
      )}
      <div className={classes.stack}>
        <Cash shift={shift} />
        <ShiftDeeds deeds={deeds} shift={shift} />
      </div>
    </div>
  );
}

function Standing({ shift }: { readonly shift: OfficeShift }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const branch = useBranch(shift.branch);
  const { openedAt, openedBy, z, businessDay, terminal } = shift;
  return (
    <>
      <span>{branch?.name ?? t("app.unknownBranch")}</span>
      <span>
        {t("shifts.openedBy", {
          name: openedBy.name ?? t("shifts.nobody"),
          time: formats.dateTime(openedAt, branch?.timeZone),
        })}
      </span>
      {z === null ? (
        <StatusPill tone="accent">{t("shifts.open")}</StatusPill>
      ) : (
        <span>{t("shifts.closedAt", { time: formats.dateTime(z.closedAt, branch?.timeZone) })}</span>
      )}
      <Link to="/sales" search={{ terminal, branch: shift.branch, from: businessDay, to: businessDay }}>
        {t("sales.sum", { count: shift.sales })}
      </Link>
    </>
  );
}

function Cash({ shift }: { readonly shift: OfficeShift }): ReactNode {
  const { t } = useTranslation();
  const { z, float, currency: code, shift: id } = shift;
  const currency = { currency: code, exponent: exponentOf(code) };
  const money = (amount: number): ReactNode => <Money amount={amount} currency={currency} />;
  return (
    <Panel
      title={t("shifts.cash")}
      actions={
        z === null ? null : (
          <Link to="/ledger/entries/$source" params={{ source: id }}>
            {t("sale.entries")}
          </Link>
        )
      }
    >
      <Facts
        facts={[
          [t("shifts.float"), money(float)],
          ...(z === null
            ? []
            : ([
                [t("shifts.expected"), money(z.expected)],
                [t("shifts.counted"), z.counted === null ? t("shifts.notCounted") : money(z.counted)],
                [t("shifts.overShort"), <OverShort key="over" amount={z.overShort} currency={code} />],
              ] as const)),
        ]}
      />
    </Panel>
  );
}
