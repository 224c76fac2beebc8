import { exponentOf } from "@holdfast/domain/money/currency";
import type { OfficeShift } from "@holdfast/protocol/office/shifts";
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
import { shiftsQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { ReportCompleteness } from "../../pieces/ReportCompleteness.tsx";
import { BranchSelect } from "../../shell/BranchSelect.tsx";
import { DayRange } from "../../shell/DayRange.tsx";
import { Filters } from "../../shell/Filters.tsx";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { MoreButton } from "../../shell/MoreButton.tsx";
import { Page } from "../../shell/Page.tsx";
import { useMe } from "../../shell/use-me.ts";
import { useTitle } from "../../shell/use-title.ts";
import { OverShort } from "./OverShort.tsx";

const route = getRouteApi("/shifts");

/** Who answered for which cash, and whether it was all there. */
export function ShiftsScreen(): ReactNode {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(shiftsQuery(useApi(), search));
  const columns = useColumns();
  const set = (change: Partial<typeof search>): void => {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  };
  useTitle(t("shifts.title"));
  return (
    <Page>
      <PageHeader title={t("shifts.title")} />
      <Filters>
        <DayRange from={search.from} to={search.to} onChange={set} />
        <BranchSelect value={search.branch} onSelect={(branch) => set({ branch })} />
      </Filters>
      <ReportCompleteness branch={search.branch} />
      <LoadFailure query={query} has={query.data !== undefined} />
      {query.data === undefined && query.error !== null ? null : (
        <Panel flush>
          <DataTable
            caption={t("shifts.title")}
            columns={columns}
            rows={query.data?.pages.flatMap(({ shifts }) => shifts)}
            rowKey={({ shift }) => shift}
            empty={<EmptyState icon="clock" title={t("shifts.empty")} text={t("shifts.emptyText")} />}
          />
          <MoreButton pages={query} />
        </Panel>
      )}
    </Page>
  );
}

function useColumns(): readonly Column<OfficeShift>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const { branches } = useMe();
  const zoneOf = ({ branch }: OfficeShift): string | undefined =>
    branches.find((each) => each.branch === branch)?.timeZone;
  const money = (key: string, head: string, of: (row: OfficeShift) => number | null): Column<OfficeShift> => ({
    key,
    head,
    numeric: true,
    from: "wide",
    cell: (row) => {
      const amount = of(row);
      const currency = { currency: row.currency, exponent: exponentOf(row.currency) };
      return amount === null ? null : <Money amount={amount} currency={currency} bare />;
    },
  });
  return [
    {
      key: "shift",
      head: t("shifts.shift"),
      cell: (row) => (
        <Link to="/shifts/$shift" params={{ shift: row.shift }} data-row-link>
          {row.terminalName} · {formats.day(row.businessDay)}
        </Link>
      ),
    },
    {
      key: "state",
      head: t("terminals.state"),
      cell: ({ z }) =>
        z === null ? (
          <StatusPill tone="accent">{t("shifts.open")}</StatusPill>
        ) : (
          <span className="tabular">{t("shifts.z", { number: z.number })}</span>
        ),
    },
    {
      key: "opened",
      head: t("shifts.opened"),
      from: "wide",
      cell: (row) => `${formats.time(row.openedAt, zoneOf(row))} · ${row.openedBy.name ?? t("shifts.nobody")}`,
    },
    { key: "sales", head: t("today.sales"), numeric: true, from: "medium", cell: ({ sales }) => formats.number(sales) },
    money("takings", t("today.takings"), ({ takings }) => takings),
    money("expected", t("shifts.expected"), ({ z }) => z?.expected ?? null),
    money("counted", t("shifts.counted"), ({ z }) => z?.counted ?? null),
    {
      key: "over-short",
      head: t("shifts.overShort"),
      numeric: true,
      cell: (row) => (row.z === null ? null : <OverShort amount={row.z.overShort} currency={row.currency} />),
    },
  ];
}
