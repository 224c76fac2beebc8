import type { Dashboard } from "@holdfast/protocol/office/dashboard";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { PageHeader } from "@holdfast/ui/PageHeader.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { dashboardQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { Completeness } from "../../pieces/Completeness.tsx";
import { BranchSelect } from "../../shell/BranchSelect.tsx";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { Page } from "../../shell/Page.tsx";
import { useMe } from "../../shell/use-me.ts";
import { useTitle } from "../../shell/use-title.ts";
import { BranchTakings } from "./BranchTakings.tsx";
import { KeyFigures } from "./KeyFigures.tsx";
import { TenderShares } from "./TenderShares.tsx";
import classes from "./TodayScreen.module.css";
import { TopProducts } from "./TopProducts.tsx";

/** Charts are heavy and below the figures, so they come after them. */
const TakingsChart = lazy(async () => ({ default: (await import("./TakingsChart.tsx")).TakingsChart }));

const route = getRouteApi("/");

export function TodayScreen(): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { branch } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(dashboardQuery(useApi(), { branch }));
  useTitle(t("today.title"));
  const today = query.data?.byBranch[0]?.day;
  return (
    <Page>
      <PageHeader
        title={t("today.title")}
        detail={today === undefined ? <Skeleton height={12} width={180} my={5} /> : formats.day(today, "long")}
        actions={
          <BranchSelect hideLabel value={branch} onSelect={(next) => void navigate({ search: { branch: next } })} />
        }
      />
      <LoadFailure query={query} has={query.data !== undefined} />
      {query.data === undefined ? query.error === null && <Waiting /> : <Figures dashboard={query.data} />}
    </Page>
  );
}

function Figures({ dashboard }: { readonly dashboard: Dashboard }): ReactNode {
  const { t } = useTranslation();
  const { merchant } = useMe();
  const formats = useFormats();
  const { today, weekBefore, byHour, lastDays, byTender, byBranch, topProducts, completeness } = dashboard;
  const hours = allHours(byHour).map(({ hour, total }) => ({ name: formats.hour(hour), total }));
  const days = lastDays.map(({ day, total }) => ({ name: formats.day(day, "weekday"), total }));
  return (
    <>
      <Completeness completeness={completeness} />
      <KeyFigures today={today} weekBefore={weekBefore} />
      <div className={classes.pair}>
        <Panel title={t("today.byHour")}>
          {today.sales === 0 ? (
            <EmptyState icon="chart" title={t("today.empty")} text={t("today.emptyText")} />
          ) : (
            <Chart label={t("today.byHour")} head={t("today.hour")} bars={hours} />
          )}
        </Panel>
        <Panel title={t("today.byTender")}>
          <TenderShares shares={byTender} />
        </Panel>
      </div>
      <div className={classes.pair} data-turned>
        <Panel title={t("today.lastDays")}>
          <Chart label={t("today.lastDays")} head={t("today.day")} bars={days} />
        </Panel>
        <Panel title={t("today.topProducts")} flush>
          <TopProducts products={topProducts} currency={merchant} />
        </Panel>
      </div>
      {byBranch.length > 1 ? (
        <Panel title={t("today.byBranch")} flush>
          <BranchTakings branches={byBranch} currency={merchant} />
        </Panel>
      ) : null}
    </>
  );
}

type ChartProps = {
  readonly label: string;
  readonly head: string;
  readonly bars: readonly { readonly name: string; readonly total: number }[];
};

function Chart(props: ChartProps): ReactNode {
  const { merchant } = useMe();
  return (
    <Suspense fallback={<Skeleton height={220} />}>
      <TakingsChart {...props} currency={merchant} />
    </Suspense>
  );
}

/** From the first hour with a sale to the last, those without one between them. */
function allHours(byHour: Dashboard["byHour"]): { hour: number; total: number }[] {
  const totals = new Map(byHour.map(({ hour, total }) => [hour, total]));
  const [first = 0, last = 0] = [byHour[0]?.hour, byHour.at(-1)?.hour];
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    hour: first + index,
    total: totals.get(first + index) ?? 0,
  }));
}

function Waiting(): ReactNode {
  return (
    <>
      <Skeleton height={46} />
      <div className={classes.waiting}>
        {[1, 2, 3].map((place) => (
          <Skeleton key={place} height={112} />
        ))}
      </div>
      <Skeleton height={280} />
    </>
  );
}
