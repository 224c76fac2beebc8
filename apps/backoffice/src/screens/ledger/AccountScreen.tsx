import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { AccountLines } from "@holdfast/protocol/office/ledger";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Money } from "@holdfast/ui/Money.tsx";
import { PageHeader } from "@holdfast/ui/PageHeader.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { accountQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { Dimensions } from "../../pieces/Dimensions.tsx";
import { useEntryKind } from "../../pieces/use-entry-kind.ts";
import { BackLink } from "../../shell/BackLink.tsx";
import { BranchSelect } from "../../shell/BranchSelect.tsx";
import { DayRange } from "../../shell/DayRange.tsx";
import { Filters } from "../../shell/Filters.tsx";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { MoreButton } from "../../shell/MoreButton.tsx";
import { Page } from "../../shell/Page.tsx";
import { useBranch, useMe } from "../../shell/use-me.ts";
import { useTitle } from "../../shell/use-title.ts";

const route = getRouteApi("/ledger/accounts/$account");

type Line = AccountLines["lines"][number];

/** The lines of one account, each with the document that it came from. */
export function AccountScreen(): ReactNode {
  const { t } = useTranslation();
  const { account } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(accountQuery(useApi(), { account, query: search }));
  const named = query.data?.pages[0]?.account;
  const title = named === undefined ? account : `${named.code} ${named.name}`;
  const columns = useColumns();
  const set = (change: Partial<typeof search>): void => {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  };
  useTitle(title);
  return (
    <Page>
      <PageHeader
        back={<BackLink to="/ledger">{t("account.back")}</BackLink>}
        title={title}
        detail={named === undefined ? null : t(`ledger.type_${named.type}`)}
      />
      <Filters>
        <DayRange from={search.from} to={search.to} onChange={set} />
        <BranchSelect value={search.branch} onSelect={(branch) => set({ branch })} />
      </Filters>
      <LoadFailure query={query} has={query.data !== undefined} />
      {query.data === undefined && query.error !== null ? null : (
        <Panel flush>
          <DataTable
            dense
            caption={title}
            columns={columns}
            rows={query.data?.pages.flatMap(({ lines }) => lines)}
            rowKey={({ source, kind, position }) => `${source} ${kind} ${position}`}
            empty={<EmptyState icon="ledger" title={t("account.empty")} text={t("account.emptyText")} />}
          />
          <MoreButton pages={query} />
        </Panel>
      )}
    </Page>
  );
}

function useColumns(): readonly Column<Line>[] {
  const { t } = useTranslation();
  const { merchant } = useMe();
  const formats = useFormats();
  const kindOf = useEntryKind();
  const side = (key: "debit" | "credit"): Column<Line> => ({
    key,
    head: t(`ledger.${key}`),
    numeric: true,
    cell: (line) => (line[key] === 0 ? null : <Money amount={line[key]} currency={merchant} bare />),
  });
  return [
    { key: "day", head: t("account.day"), cell: (line) => formats.day(line.postingDay) },
    {
      key: "document",
      head: t("account.document"),
      cell: (line) => (
        <Link to="/ledger/entries/$source" params={{ source: line.source }} data-row-link className="tabular">
          {line.sale === null ? kindOf(line.kind) : receiptNumberToText(line.sale)}
        </Link>
      ),
    },
    {
      key: "about",
      head: t("account.about"),
      from: "medium",
      cell: (line) => (
        <>
          {line.sale === null ? null : kindOf(line.kind)}
          <Dimensions dimensions={line.dimensions} />
        </>
      ),
    },
    { key: "branch", head: t("app.branch"), from: "wide", cell: ({ branch }) => <BranchName branch={branch} /> },
    side("debit"),
    side("credit"),
  ];
}

function BranchName({ branch }: { readonly branch: string }): ReactNode {
  const { t } = useTranslation();
  return useBranch(branch)?.name ?? t("app.unknownBranch");
}
