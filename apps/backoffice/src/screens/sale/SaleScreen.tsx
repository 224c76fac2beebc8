import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { SaleDetail } from "@holdfast/protocol/office/sales";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { PageHeader } from "@holdfast/ui/PageHeader.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { saleQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { EntryPanel } from "../../pieces/EntryPanel.tsx";
import { BackLink } from "../../shell/BackLink.tsx";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { Page } from "../../shell/Page.tsx";
import { useTitle } from "../../shell/use-title.ts";
import { SaleCases } from "./SaleCases.tsx";
import { SaleMovements } from "./SaleMovements.tsx";
import { SaleReceipt } from "./SaleReceipt.tsx";
import classes from "./SaleScreen.module.css";
import { SignedRecordPanel } from "./SignedRecordPanel.tsx";

const route = getRouteApi("/sales/$sale");

/** Everything that one sale did: the paper, the books, the stock, and the record that proves it. */
export function SaleScreen(): ReactNode {
  const { t } = useTranslation();
  const { sale } = route.useParams();
  const query = useQuery(saleQuery(useApi(), sale));
  const detail = query.data;
  const title = detail === undefined ? t("sale.receipt") : titleOf(detail);
  useTitle(title);
  return (
    <Page>
      <PageHeader
        back={<BackLink to="/sales">{t("sale.back")}</BackLink>}
        title={title}
        detail={detail === undefined ? <Skeleton height={12} width={260} my={5} /> : <Place detail={detail} />}
      />
      <LoadFailure query={query} has={detail !== undefined} />
      {detail === undefined ? (
        query.error === null && <Skeleton height={420} />
      ) : (
        <>
          <SaleCases cases={detail.cases} currency={detail.sale.rules} />
          <div className={classes.pair}>
            <SaleReceipt detail={detail} />
            <div className={classes.stack}>
              {detail.entries.length === 0 ? (
                <Panel title={t("sale.entries")}>
                  <EmptyState icon="ledger" title={t("sale.entriesEmpty")} text={t("sale.entriesEmptyText")} />
                </Panel>
              ) : (
                detail.entries.map((entry) => <EntryPanel key={entry.kind} entry={entry} />)
              )}
              <SaleMovements movements={detail.movements} branch={detail.sale.branch} currency={detail.sale.rules} />
              <SignedRecordPanel record={detail.signed} timeZone={detail.timeZone} />
            </div>
          </div>
        </>
      )}
    </Page>
  );

  function titleOf({ sale: { number } }: SaleDetail): string {
    return t("sale.title", { number: receiptNumberToText(number) });
  }
}

/** Where and when, who sold, and what came of it. */
function Place({ detail }: { readonly detail: SaleDetail }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { sale, branchName, terminalName, timeZone, followedBy } = detail;
  return (
    <>
      <span>{formats.dateTime(sale.completedAt, timeZone)}</span>
      <span>{t("sale.at", { branch: branchName, terminal: terminalName })}</span>
      <span>{t("sale.by", { name: sale.cashierName })}</span>
      {sale.training ? <StatusPill tone="warn">{t("sales.training")}</StatusPill> : null}
      {sale.postVoidOf === undefined ? null : <StatusPill tone="danger">{t("sales.postVoid")}</StatusPill>}
      <Originals sale={sale} />
      {followedBy.length === 0 ? null : (
        <span className={classes.links}>
          {t("sale.followedBy")}
          {followedBy.map((later) => (
            <Link key={later.sale} to="/sales/$sale" params={{ sale: later.sale }}>
              {receiptNumberToText(later.number)}
            </Link>
          ))}
        </span>
      )}
    </>
  );
}

/** The sales whose goods come back with this one, or the one that it undoes; of a receipt that was typed only what was typed. */
function Originals({ sale: { lines, postVoidOf } }: Pick<SaleDetail, "sale">): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const typed = new Map(
    lines.flatMap(({ typedReceipt }) => (typedReceipt === undefined ? [] : [[typedReceipt.number, typedReceipt.day]])),
  );
  const originals = new Set(lines.flatMap(({ original }) => (original === undefined ? [] : [original.sale])));
  if (postVoidOf !== undefined) originals.add(postVoidOf);
  return (
    <>
      {[...originals].map((original) => (
        <Link key={original} to="/sales/$sale" params={{ sale: original }}>
          {t("sale.original")}
        </Link>
      ))}
      {[...typed].map(([number, day]) => (
        <span key={number}>{t("sale.typedOriginal", { number, day: formats.day(day) })}</span>
      ))}
    </>
  );
}
