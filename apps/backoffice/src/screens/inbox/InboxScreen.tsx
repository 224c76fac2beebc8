import type { OfficeCase } from "@holdfast/protocol/office/cases";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { PageHeader } from "@holdfast/ui/PageHeader.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { casesQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { useCaseKind } from "../../pieces/use-case-kind.ts";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { MoreButton } from "../../shell/MoreButton.tsx";
import { Page } from "../../shell/Page.tsx";
import { Tabs } from "../../shell/Tabs.tsx";
import { useMe } from "../../shell/use-me.ts";
import { useNow } from "../../shell/use-now.ts";
import { useTitle } from "../../shell/use-title.ts";
import classes from "./InboxScreen.module.css";
import { QuarantineList } from "./QuarantineList.tsx";

const route = getRouteApi("/inbox");

/** What the shop could not settle by itself, and what became of it. */
export function InboxScreen(): ReactNode {
  const { t } = useTranslation();
  const { show = "open" } = route.useSearch();
  useTitle(t("inbox.title"));
  return (
    <Page>
      <PageHeader title={t("inbox.title")} />
      <Tabs label={t("inbox.title")}>
        {(["open", "closed", "quarantine"] as const).map((each) => (
          <Link key={each} to="/inbox" search={each === "open" ? {} : { show: each }} activeOptions={{ exact: true }}>
            {t(`inbox.${each}`)}
          </Link>
        ))}
      </Tabs>
      {show === "quarantine" ? <QuarantineList /> : <CaseList state={show} />}
    </Page>
  );
}

function CaseList({ state }: { readonly state: "open" | "closed" }): ReactNode {
  const { t } = useTranslation();
  const query = useInfiniteQuery(casesQuery(useApi(), state));
  const columns = useColumns(state);
  return (
    <>
      <LoadFailure query={query} has={query.data !== undefined} />
      {query.data === undefined && query.error !== null ? null : (
        <Panel flush>
          <DataTable
            caption={t(`inbox.${state}`)}
            columns={columns}
            rows={query.data?.pages.flatMap(({ cases }) => cases)}
            rowKey={(row) => row.case}
            empty={
              state === "open" ? (
                <EmptyState icon="check" title={t("inbox.emptyOpen")} text={t("inbox.emptyOpenText")} />
              ) : (
                <EmptyState icon="inbox" title={t("inbox.emptyClosed")} text={t("inbox.emptyClosedText")} />
              )
            }
          />
          <MoreButton pages={query} />
        </Panel>
      )}
    </>
  );
}

function useColumns(state: "open" | "closed"): readonly Column<OfficeCase>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const kindOf = useCaseKind();
  const now = useNow();
  const { branches } = useMe();
  const nameOf = (branch: string | null): string =>
    branch === null
      ? t("inbox.wholeShop")
      : (branches.find((each) => each.branch === branch)?.name ?? t("app.unknownBranch"));
  return [
    {
      key: "case",
      head: t("inbox.case"),
      cell: (row) => (
        <>
          <Link to="/inbox/$case" params={{ case: row.case }} data-row-link>
            {kindOf(row.kind)}
          </Link>
          {row.about === null ? null : <span className={classes.about}>{row.about}</span>}
        </>
      ),
    },
    { key: "branch", head: t("app.branch"), from: "medium", cell: ({ branch }) => nameOf(branch) },
    {
      key: "opened",
      head: t("inbox.openedHead"),
      from: "medium",
      cell: ({ openedAt }) => (
        <time dateTime={openedAt} title={formats.dateTime(openedAt)}>
          {formats.age(openedAt, now)}
        </time>
      ),
    },
    ...(state === "open"
      ? []
      : [
          {
            key: "closed",
            head: t("inbox.closed"),
            cell: ({ closedAt, resolution }: OfficeCase) =>
              closedAt === null || resolution === null
                ? null
                : t("inbox.closedBy", { name: resolution.name, age: formats.age(closedAt, now) }),
          },
        ]),
  ];
}
