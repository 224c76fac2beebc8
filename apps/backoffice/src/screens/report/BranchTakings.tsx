import type { Dashboard } from "@holdfast/protocol/office/dashboard";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import type { Currency } from "@holdfast/ui/format";
import { Money } from "@holdfast/ui/Money.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type Taken = Dashboard["byBranch"][number];
type Props = { readonly branches: readonly Taken[]; readonly currency: Currency };

export function BranchTakings({ branches, currency }: Props): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const columns: readonly Column<Taken>[] = [
    {
      key: "branch",
      head: t("app.branch"),
      cell: ({ branch, name, day }) => (
        <Link to="/sales" search={{ branch, from: day, to: day }} data-row-link>
          {name}
        </Link>
      ),
    },
    { key: "day", head: t("today.day"), from: "medium", cell: ({ day }) => formats.day(day) },
    { key: "sales", head: t("today.sales"), numeric: true, cell: ({ sales }) => formats.number(sales) },
    {
      key: "total",
      head: t("today.total"),
      numeric: true,
      cell: ({ total }) => <Money amount={total} currency={currency} />,
    },
  ];
  return (
    <DataTable
      caption={t("today.byBranch")}
      columns={columns}
      rows={branches}
      rowKey={({ branch }) => branch}
      empty={null}
    />
  );
}
