import type { OfficeCase } from "@holdfast/protocol/office/cases";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { Differences } from "../../pieces/Differences.tsx";
import { knownKind } from "../../pieces/use-case-kind.ts";
import { useMe } from "../../shell/use-me.ts";

/** What the server wrote down when it opened the case, as far as it is more than ids. */
export function CaseDetails({ found: { kind, details } }: { readonly found: OfficeCase }): ReactNode {
  const { t } = useTranslation();
  const { merchant } = useMe();
  switch (knownKind(kind)) {
    case "calc-difference":
      return (
        <Panel title={t("difference.caption")} flush>
          <Differences details={details} currency={merchant} />
        </Panel>
      );
    case "unidentified-item":
      return <UnknownGoods details={details} />;
    case "quarantined":
      return <Reason details={details} />;
    default:
      return null;
  }
}

const goodsSchema = z.object({
  lines: z.array(z.object({ line: z.int(), name: z.string().optional(), barcode: z.string().optional() })),
});
type Goods = z.infer<typeof goodsSchema>["lines"][number];

function UnknownGoods({ details }: { readonly details: unknown }): ReactNode {
  const { t } = useTranslation();
  const goods = goodsSchema.safeParse(details);
  if (!goods.success) return null;
  const columns: readonly Column<Goods>[] = [
    { key: "name", head: t("products.name"), cell: ({ name }) => name },
    { key: "barcode", head: t("case.barcode"), cell: ({ barcode }) => <span className="tabular">{barcode}</span> },
  ];
  return (
    <Panel title={t("case.unknownGoods")} flush>
      <DataTable
        dense
        caption={t("case.unknownGoods")}
        columns={columns}
        rows={goods.data.lines}
        rowKey={({ line }) => String(line)}
        empty={null}
      />
    </Panel>
  );
}

const reasonSchema = z.object({ code: z.string(), message: z.string() });

function Reason({ details }: { readonly details: unknown }): ReactNode {
  const { t } = useTranslation();
  const reason = reasonSchema.safeParse(details);
  if (!reason.success) return null;
  return (
    <Panel title={t("case.reason")}>
      <p>
        <code>{reason.data.code}</code>: {reason.data.message}
      </p>
    </Panel>
  );
}
