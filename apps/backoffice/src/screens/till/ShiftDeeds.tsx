import { exponentOf } from "@holdfast/domain/money/currency";
import type { OfficeShift, ShiftDeed } from "@holdfast/protocol/office/shifts";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Money } from "@holdfast/ui/Money.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBranch } from "../../shell/use-me.ts";

const KNOWN = ["paid-in", "paid-out", "pickup", "loan", "drawer-opened"] as const;

type Props = { readonly deeds: readonly ShiftDeed[]; readonly shift: OfficeShift };

/** Cash that moved beside sales, and each time the drawer was opened without one. */
export function ShiftDeeds({ deeds, shift: { currency: code, branch } }: Props): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const zone = useBranch(branch)?.timeZone;
  const currency = { currency: code, exponent: exponentOf(code) };
  const columns: readonly Column<ShiftDeed>[] = [
    { key: "time", head: t("sales.time"), cell: ({ occurredAt }) => formats.time(occurredAt, zone) },
    {
      key: "kind",
      head: t("shifts.deed"),
      cell: ({ kind }) => {
        const known = KNOWN.find((each) => each === kind);
        return known === undefined ? kind : t(`shifts.deed_${known}`);
      },
    },
    { key: "reason", head: t("shifts.reason"), cell: ({ reason }) => reason },
    { key: "by", head: t("shifts.by"), from: "medium", cell: ({ staffName }) => staffName },
    {
      key: "amount",
      head: t("sales.amount"),
      numeric: true,
      cell: ({ amount }) => (amount === null ? null : <Money amount={amount} currency={currency} bare />),
    },
  ];
  return (
    <Panel title={t("shifts.deeds")} flush>
      <DataTable
        dense
        caption={t("shifts.deeds")}
        columns={columns}
        rows={deeds}
        rowKey={({ event }) => event}
        empty={<EmptyState icon="check" title={t("shifts.noDeeds")} text={t("shifts.noDeedsText")} />}
      />
    </Panel>
  );
}
