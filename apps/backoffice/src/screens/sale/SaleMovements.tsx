import type { SaleMovement } from "@holdfast/protocol/office/sales";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import type { Currency } from "@holdfast/ui/format";
import { Money } from "@holdfast/ui/Money.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type Props = { readonly movements: readonly SaleMovement[]; readonly branch: string; readonly currency: Currency };

/** Goods that left or entered the stock with the sale, and what they cost. */
export function SaleMovements({ movements, branch, currency }: Props): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const columns: readonly Column<SaleMovement>[] = [
    {
      key: "goods",
      head: t("sale.goods"),
      cell: ({ variant, name }) => (
        <Link to="/products/$variant" params={{ variant }} search={{ branch }} data-row-link>
          {name}
        </Link>
      ),
    },
    { key: "sku", head: t("sale.sku"), from: "medium", cell: ({ sku }) => <span className="tabular">{sku}</span> },
    { key: "quantity", head: t("sale.quantity"), numeric: true, cell: (row) => formats.quantity(row) },
    {
      key: "cost",
      head: t("sale.cost"),
      numeric: true,
      cell: ({ cost }) => <Money amount={cost} currency={currency} bare />,
    },
  ];
  return (
    <Panel title={t("sale.movements")} flush>
      <DataTable
        dense
        caption={t("sale.movements")}
        columns={columns}
        rows={movements}
        rowKey={({ line, variant }) => `${line} ${variant}`}
        empty={<EmptyState icon="box" title={t("sale.movementsEmpty")} text={t("sale.movementsEmptyText")} />}
      />
    </Panel>
  );
}
