import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import type { Currency } from "@holdfast/ui/format";
import { Money } from "@holdfast/ui/Money.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";

const differencesSchema = z.object({
  differences: z.array(z.object({ field: z.string(), recorded: z.int(), recomputed: z.int() })),
});

type Difference = z.infer<typeof differencesSchema>["differences"][number];
type Props = { readonly details: unknown; readonly currency: Currency };

/** Figures of a sale as the terminal printed them beside those that the server makes of the same facts. */
export function Differences({ details, currency }: Props): ReactNode {
  const { t } = useTranslation();
  const parsed = differencesSchema.safeParse(details);
  if (!parsed.success) return null;
  const figure = (key: "recorded" | "recomputed"): Column<Difference> => ({
    key,
    head: t(`difference.${key}`),
    numeric: true,
    cell: (row) => <Money amount={row[key]} currency={currency} bare />,
  });
  const columns: readonly Column<Difference>[] = [
    { key: "field", head: t("difference.field"), cell: ({ field }) => <code>{field}</code> },
    figure("recorded"),
    figure("recomputed"),
    {
      key: "between",
      head: t("difference.between"),
      numeric: true,
      cell: ({ recorded, recomputed }) => <Money amount={recorded - recomputed} currency={currency} bare strong />,
    },
  ];
  return (
    <DataTable
      dense
      caption={t("difference.caption")}
      columns={columns}
      rows={parsed.data.differences}
      rowKey={({ field }) => field}
      empty={null}
    />
  );
}
