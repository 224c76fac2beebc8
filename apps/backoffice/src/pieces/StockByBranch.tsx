import type { Product } from "@holdfast/protocol/office/products";
import type { OfficeBranch } from "@holdfast/protocol/office/session";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../shell/use-me.ts";
import { OnHand } from "./OnHand.tsx";
import { Quantity } from "./Quantity.tsx";

type Props = { readonly product: Product; readonly shown: string | undefined };

/** What each branch has; a branch leads to its movements below. */
export function StockByBranch({ product, shown }: Props): ReactNode {
  const { t } = useTranslation();
  const { branches } = useMe();
  const { unit } = product;
  const quantityAt = ({ branch }: OfficeBranch): { units: number; scale: number } =>
    product.onHand.find((each) => each.branch === branch) ?? { units: 0, scale: unit.scale };
  const columns: readonly Column<OfficeBranch>[] = [
    {
      key: "branch",
      head: t("app.branch"),
      cell: ({ branch, name }) => (
        <Link
          to="/products/$variant"
          params={{ variant: product.variant }}
          search={{ branch }}
          resetScroll={false}
          data-row-link
          {...(branch === shown ? { "aria-current": true } : {})}
        >
          {name}
        </Link>
      ),
    },
    {
      key: "on-hand",
      head: t("products.onHand"),
      numeric: true,
      cell: (branch) => <Quantity quantity={{ ...quantityAt(branch), unit: unit.unit }} />,
    },
  ];
  return (
    <Panel title={t("product.stock")} flush>
      <DataTable
        dense
        caption={t("product.stock")}
        columns={columns}
        rows={branches}
        rowKey={({ branch }) => branch}
        empty={null}
        foot={
          branches.length < 2 ? undefined : (
            <tr>
              <th scope="row">{t("app.allBranches")}</th>
              <td data-numeric>
                <OnHand product={product} />
              </td>
            </tr>
          )
        }
      />
    </Panel>
  );
}
