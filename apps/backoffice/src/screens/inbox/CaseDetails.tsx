import type { OfficeCase } from "@holdfast/protocol/office/cases";
import { unitPriceSchema } from "@holdfast/protocol/primitives";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { Differences } from "../../pieces/Differences.tsx";
import { priceText } from "../../pieces/price-text.ts";
import { knownKind } from "../../pieces/use-case-kind.ts";
import { useSkewText } from "../../pieces/use-skew-text.ts";
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
    case "price-drift":
      return <DriftedPrices details={details} />;
    case "clock-skew":
      return <Skew details={details} />;
    case "missing-tail":
      return <Missing details={details} />;
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

const driftSchema = z.object({
  lines: z.array(z.object({ line: z.int(), name: z.string(), sold: unitPriceSchema, listed: unitPriceSchema })),
});
type Drift = z.infer<typeof driftSchema>["lines"][number];

function DriftedPrices({ details }: { readonly details: unknown }): ReactNode {
  const { t } = useTranslation();
  const { merchant } = useMe();
  const formats = useFormats();
  const drift = driftSchema.safeParse(details);
  if (!drift.success) return null;
  const price = (key: "sold" | "listed"): Column<Drift> => ({
    key,
    head: t(`case.${key}`),
    numeric: true,
    cell: (row) => priceText(formats, row[key], merchant),
  });
  const columns: readonly Column<Drift>[] = [
    { key: "name", head: t("products.name"), cell: ({ name }) => name },
    price("sold"),
    price("listed"),
  ];
  return (
    <Panel title={t("case.prices")} flush>
      <DataTable
        dense
        caption={t("case.prices")}
        columns={columns}
        rows={drift.data.lines}
        rowKey={({ line }) => String(line)}
        empty={null}
      />
    </Panel>
  );
}

function Skew({ details }: { readonly details: unknown }): ReactNode {
  const { t } = useTranslation();
  const skewText = useSkewText();
  const skew = z.object({ skewMs: z.int() }).safeParse(details);
  if (!skew.success) return null;
  return (
    <Panel title={t("terminals.skew")}>
      <p>{skewText(skew.data.skewMs)}</p>
    </Panel>
  );
}

function Missing({ details }: { readonly details: unknown }): ReactNode {
  const { t } = useTranslation();
  const missing = z.object({ missing: z.int() }).safeParse(details);
  if (!missing.success) return null;
  return (
    <Panel title={t("terminals.missing")}>
      <p>{t("revoke.missing", { count: missing.data.missing })}</p>
    </Panel>
  );
}
