import type { Dashboard } from "@holdfast/protocol/office/dashboard";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import type { Currency } from "@holdfast/ui/format";
import { Money } from "@holdfast/ui/Money.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type Sold = Dashboard["topProducts"][number];
type Props = { readonly products: readonly Sold[]; readonly currency: Currency };

export function TopProducts({ products, currency }: Props): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const columns: readonly Column<Sold>[] = [
    {
      key: "product",
      head: t("today.product"),
      cell: ({ variant, name }) =>
        variant === null ? (
          name
        ) : (
          <Link to="/products/$variant" params={{ variant }} data-row-link>
            {name}
          </Link>
        ),
    },
    { key: "sold", head: t("today.sold"), numeric: true, cell: (row) => formats.quantity(row) },
    {
      key: "total",
      head: t("today.total"),
      numeric: true,
      cell: ({ total }) => <Money amount={total} currency={currency} />,
    },
  ];
  return (
    <DataTable
      caption={t("today.topProducts")}
      columns={columns}
      rows={products}
      rowKey={({ variant, name }) => variant ?? name}
      empty={<EmptyState icon="box" title={t("today.empty")} />}
      dense
    />
  );
}
