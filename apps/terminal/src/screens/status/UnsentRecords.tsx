import type { StoredEntry } from "@holdfast/sync/ports";
import { DataTable } from "@holdfast/ui/DataTable.tsx";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Money } from "@holdfast/ui/Money.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import { saleOf, unsentEntries } from "./unsent.ts";

const SHOWN_MAX = 200;

/** What is stored here and nowhere else yet. */
export function UnsentRecords(): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { terminal } = useCounter();
  const status = useValue(terminal.status);
  const entries = useUnsent(status);
  const rows = entries?.map((entry) => ({ entry, sale: saleOf(entry) }));
  return (
    <Panel title={t("statusList.unsent")} flush>
      <DataTable
        caption={t("statusList.unsent")}
        rows={rows}
        rowKey={({ entry }) => `${entry.stream} ${entry.seq}`}
        empty={<EmptyState icon="check" title={t("statusList.none")} text={t("statusList.noneText")} />}
        columns={[
          {
            key: "record",
            head: t("statusList.record"),
            cell: ({ entry, sale }) => {
              if (sale !== null) return t("event.sale-completed", { number: sale.number });
              return entry.type === "stream-opened" ? t("event.stream-opened") : t("event.other", { type: entry.type });
            },
          },
          { key: "at", head: t("statusList.at"), cell: ({ entry }) => formats.dateTime(entry.at) },
          {
            key: "amount",
            head: t("statusList.amount"),
            numeric: true,
            cell: ({ sale }) =>
              sale === null ? null : <Money amount={sale.sale.totals.total} currency={sale.sale.rules} />,
          },
          {
            key: "state",
            head: t("statusList.state"),
            cell: () => <StatusPill tone="offline">{t("statusList.stateOnDevice")}</StatusPill>,
          },
        ]}
      />
    </Panel>
  );
}

function useUnsent(status: unknown): StoredEntry[] | undefined {
  const { terminal } = useCounter();
  const [entries, setEntries] = useState<StoredEntry[] | undefined>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the status may have sent some
  useEffect(() => {
    let isCurrent = true;
    void unsentEntries(terminal, SHOWN_MAX).then((unsent) => {
      if (isCurrent) setEntries(unsent);
    });
    return () => {
      isCurrent = false;
    };
  }, [terminal, status]);
  return entries;
}
