import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { OfficeMovement, Product } from "@holdfast/protocol/office/products";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Money } from "@holdfast/ui/Money.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { movementsQuery } from "../api/queries.ts";
import { useApi } from "../api/use-api.ts";
import { LoadFailure } from "../shell/LoadFailure.tsx";
import { MoreButton } from "../shell/MoreButton.tsx";
import { useBranch, useMe } from "../shell/use-me.ts";
import { Quantity } from "./Quantity.tsx";
import { useCauseName } from "./use-cause-name.ts";

type Props = { readonly product: Product; readonly branch: string };

/** How the stock of one branch came to be what it is, the newest movement first. */
export function Movements({ product, branch }: Props): ReactNode {
  const { t } = useTranslation();
  const query = useInfiniteQuery(movementsQuery(useApi(), { variant: product.variant, branch }));
  const name = useBranch(branch)?.name ?? t("app.unknownBranch");
  const columns = useColumns(product, branch);
  const title = t("product.movements", { branch: name });
  return (
    <Panel title={title} flush>
      <LoadFailure query={query} has={query.data !== undefined} />
      {query.data === undefined && query.error !== null ? null : (
        <>
          <DataTable
            dense
            caption={title}
            columns={columns}
            rows={query.data?.pages.flatMap(({ movements }) => movements)}
            rowKey={({ document, line }) => `${document} ${line}`}
            empty={<EmptyState icon="box" title={t("product.movementsEmpty")} text={t("product.movementsEmptyText")} />}
          />
          <MoreButton pages={query} />
        </>
      )}
    </Panel>
  );
}

function useColumns({ unit: { unit } }: Product, branch: string): readonly Column<OfficeMovement>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const { merchant } = useMe();
  const zone = useBranch(branch)?.timeZone;
  const causeName = useCauseName();
  return [
    {
      key: "when",
      head: t("product.when"),
      cell: ({ recordedAt }) => <span className="tabular">{formats.dateTime(recordedAt, zone)}</span>,
    },
    { key: "cause", head: t("product.cause"), cell: ({ cause }) => causeName(cause) },
    {
      key: "document",
      head: t("product.document"),
      from: "medium",
      cell: ({ document, sale }) =>
        sale === null ? (
          <Link to="/ledger/entries/$source" params={{ source: document }} data-row-link>
            {t("product.entries")}
          </Link>
        ) : (
          <Link to="/sales/$sale" params={{ sale: document }} data-row-link className="tabular">
            {receiptNumberToText(sale)}
          </Link>
        ),
    },
    {
      key: "quantity",
      head: t("product.quantity"),
      numeric: true,
      cell: ({ units, scale }) => formats.quantity({ units, scale, unit }),
    },
    {
      key: "cost",
      head: t("product.cost"),
      numeric: true,
      from: "wide",
      cell: ({ cost }) => <Money amount={cost} currency={merchant} bare />,
    },
    {
      key: "left",
      head: t("product.left"),
      numeric: true,
      cell: ({ onHand, scale }) => <Quantity quantity={{ units: onHand, scale, unit }} />,
    },
  ];
}
