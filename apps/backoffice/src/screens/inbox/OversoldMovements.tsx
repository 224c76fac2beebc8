import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { Oversold } from "@holdfast/protocol/office/cases";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Quantity } from "../../pieces/Quantity.tsx";
import { useCauseName } from "../../pieces/use-cause-name.ts";
import { useBranch } from "../../shell/use-me.ts";

type Movement = Oversold["movements"][number];
type Props = { readonly oversold: Oversold; readonly branch: string | null };

/** The sales and tills between the last unit and the one that was not there. */
export function OversoldMovements({ oversold, branch }: Props): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const causeName = useCauseName();
  const zone = useBranch(branch ?? "")?.timeZone;
  const { unit, onHand, scale, movements } = oversold;
  const columns: readonly Column<Movement>[] = [
    {
      key: "document",
      head: t("product.document"),
      cell: ({ document, sale, cause }) =>
        sale === null ? (
          causeName(cause)
        ) : (
          <Link to="/sales/$sale" params={{ sale: document }} data-row-link className="tabular">
            {receiptNumberToText(sale)}
          </Link>
        ),
    },
    { key: "terminal", head: t("terminals.name"), cell: ({ terminalName }) => terminalName },
    {
      key: "sold",
      head: t("case.soldAt"),
      from: "medium",
      cell: ({ occurredAt }) => <span className="tabular">{formats.dateTime(occurredAt, zone)}</span>,
    },
    {
      key: "quantity",
      head: t("product.quantity"),
      numeric: true,
      cell: ({ units, scale }) => formats.quantity({ units, scale, unit }),
    },
    {
      key: "left",
      head: t("product.left"),
      numeric: true,
      cell: (row) => <Quantity quantity={{ units: row.onHand, scale: row.scale, unit }} />,
    },
  ];
  return (
    <Panel
      flush
      title={t("case.involved")}
      actions={<span>{t("case.nowOnHand", { quantity: formats.quantity({ units: onHand, scale, unit }) })}</span>}
    >
      <DataTable
        dense
        caption={t("case.involved")}
        columns={columns}
        rows={movements}
        rowKey={({ document, line }) => `${document} ${line}`}
        empty={<EmptyState icon="check" title={t("case.recovered")} />}
      />
    </Panel>
  );
}
