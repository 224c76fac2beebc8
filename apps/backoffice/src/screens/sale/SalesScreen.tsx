import { currencyCode, parseAmount } from "@holdfast/domain/money/currency";
import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { SaleRow } from "@holdfast/protocol/office/sales";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Money } from "@holdfast/ui/Money.tsx";
import { PageHeader } from "@holdfast/ui/PageHeader.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { salesQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { MoreButton } from "../../shell/MoreButton.tsx";
import { Page } from "../../shell/Page.tsx";
import { useMe } from "../../shell/use-me.ts";
import { useTenderName } from "../../shell/use-tender-name.ts";
import { useTitle } from "../../shell/use-title.ts";
import { SaleFilters } from "./SaleFilters.tsx";
import classes from "./SalesScreen.module.css";

const route = getRouteApi("/sales");

export function SalesScreen(): ReactNode {
  const { t } = useTranslation();
  const { merchant } = useMe();
  const search = route.useSearch();
  const { amount, ...filters } = search;
  const minorUnits = amount === undefined ? undefined : (amountOf(amount, merchant.currency) ?? undefined);
  const query = useInfiniteQuery(salesQuery(useApi(), { ...filters, amount: minorUnits }));
  useTitle(t("sales.title"));
  const sum = query.data?.pages[0]?.sum;
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  const columns = useColumns();
  return (
    <Page>
      <PageHeader
        title={t("sales.title")}
        detail={
          sum === undefined || sum === null ? null : (
            <span className={classes.sum}>
              {t("sales.sum", { count: sum.sales })} · <Money amount={sum.total} currency={merchant} strong />
            </span>
          )
        }
      />
      <SaleFilters search={search} />
      <LoadFailure query={query} has={query.data !== undefined} />
      {query.data === undefined && query.error !== null ? null : (
        <Panel flush>
          <DataTable
            caption={t("sales.title")}
            columns={columns}
            rows={query.data?.pages.flatMap(({ sales }) => sales)}
            rowKey={({ sale }) => sale}
            empty={
              <EmptyState
                icon="receipt"
                title={isFiltered ? t("sales.nothingFound") : t("sales.empty")}
                text={isFiltered ? t("sales.nothingFoundText") : t("sales.emptyText")}
              />
            }
          />
          <MoreButton pages={query} />
        </Panel>
      )}
    </Page>
  );
}

/** An amount as somebody types it, with a point or a comma. */
function amountOf(text: string, currency: string): number | null {
  return parseAmount(text.trim().replace(",", "."), currencyCode(currency));
}

function useColumns(): readonly Column<SaleRow>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const { branches } = useMe();
  const tenderName = useTenderName();
  const branchOf = ({ branch }: SaleRow) => branches.find((each) => each.branch === branch);
  return [
    {
      key: "receipt",
      head: t("sales.receipt"),
      cell: (row) => (
        <span className={classes.receipt}>
          <Link to="/sales/$sale" params={{ sale: row.sale }} data-row-link className="tabular">
            {receiptNumberToText(row.number)}
          </Link>
          <Marks row={row} />
        </span>
      ),
    },
    {
      key: "time",
      head: t("sales.time"),
      cell: (row) => <span className="tabular">{formats.dateTime(row.occurredAt, branchOf(row)?.timeZone)}</span>,
    },
    {
      key: "place",
      head: t("sales.place"),
      from: "wide",
      cell: (row) => (
        <>
          {row.terminalName}
          <span className={classes.branch}>{branchOf(row)?.name ?? t("app.unknownBranch")}</span>
        </>
      ),
    },
    { key: "cashier", head: t("sales.cashier"), from: "wide", cell: ({ cashierName }) => cashierName },
    {
      key: "tender",
      head: t("sales.tender"),
      from: "medium",
      cell: ({ tenders }) => tenders.map(tenderName).join(" + "),
    },
    {
      key: "lines",
      head: t("sales.lines"),
      numeric: true,
      from: "wide",
      cell: ({ lines }) => formats.number(lines),
    },
    {
      key: "total",
      head: t("sales.total"),
      numeric: true,
      cell: (row) => <Money amount={row.total} currency={row} strong />,
    },
  ];
}

function Marks({ row }: { readonly row: SaleRow }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      {row.training ? <StatusPill tone="warn">{t("sales.training")}</StatusPill> : null}
      {row.isPostVoid ? <StatusPill tone="danger">{t("sales.postVoid")}</StatusPill> : null}
      {row.hasReturns && !row.isPostVoid ? <StatusPill tone="neutral">{t("sales.return")}</StatusPill> : null}
    </>
  );
}
