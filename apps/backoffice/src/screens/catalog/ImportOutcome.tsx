import type { ImportDifference, ImportError, ImportReport } from "@holdfast/protocol/office/import";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ImportScreen.module.css";

type Props = { readonly report: ImportReport; readonly onApply: () => void };

/** What a file would change, or has changed, or why it cannot. */
export function ImportOutcome({ report, onApply }: Props): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Counts report={report} />
      <NextStep report={report} onApply={onApply} />
      {report.errors.length === 0 ? null : <Errors report={report} />}
      {report.differences.length === 0 ? null : (
        <Panel title={t(report.applied ? "import.differencesDone" : "import.differences")} flush>
          <Differences differences={report.differences} />
          <More count={report.created + report.changed - report.differences.length} />
        </Panel>
      )}
    </>
  );
}

function Counts({ report }: { readonly report: ImportReport }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { created, changed, unchanged, errorCount } = report;
  const counts = { new: created, changed, unchanged, errors: errorCount } as const;
  return (
    <dl className={classes.counts}>
      {(["new", "changed", "unchanged", "errors"] as const).map((name) => (
        <div key={name} className={classes.count} data-wrong={(name === "errors" && errorCount > 0) || undefined}>
          <dt>{t(`import.${name}`)}</dt>
          <dd className="tabular">{formats.number(counts[name])}</dd>
        </div>
      ))}
    </dl>
  );
}

function NextStep({ report, onApply }: Props): ReactNode {
  const { t } = useTranslation();
  const count = report.created + report.changed;
  if (report.errorCount > 0) return <ErrorNotice tone="warn" title={t("import.fix")} message={t("import.fixText")} />;
  if (report.applied) {
    return (
      <div className={classes.step} role="status">
        <StatusPill tone="success">{t("import.applied")}</StatusPill>
        <span>{t("import.appliedText")}</span>
        <Button component={Link} to="/products" variant="default">
          {t("import.toProducts")}
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.step} role="status">
      {count === 0 ? t("import.nothing") : <Button onClick={onApply}>{t("import.apply", { count })}</Button>}
    </div>
  );
}

function Errors({ report }: { readonly report: ImportReport }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const columns: readonly Column<ImportError>[] = [
    { key: "line", head: t("import.line"), numeric: true, cell: ({ line }) => formats.number(line) },
    { key: "column", head: t("import.column"), from: "medium", cell: ({ column }) => column ?? "" },
    { key: "fault", head: t("import.fault"), cell: ({ fault, value }) => t(`import.fault_${fault}`, { value }) },
  ];
  return (
    <Panel title={t("import.errorsTitle")} flush>
      <DataTable
        dense
        caption={t("import.errorsTitle")}
        columns={columns}
        rows={report.errors}
        rowKey={({ line, column, fault, value }) => `${line} ${column} ${fault} ${value}`}
        empty={null}
      />
      <More count={report.errorCount - report.errors.length} />
    </Panel>
  );
}

function Differences({ differences }: { readonly differences: readonly ImportDifference[] }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const columns: readonly Column<ImportDifference>[] = [
    { key: "line", head: t("import.line"), numeric: true, from: "medium", cell: ({ line }) => formats.number(line) },
    {
      key: "product",
      head: t("import.product"),
      cell: ({ sku, name }) => (
        <>
          {name}
          <span className={classes.sku}>{sku}</span>
        </>
      ),
    },
    { key: "what", head: t("import.what"), cell: (difference) => <Changes difference={difference} /> },
  ];
  return (
    <DataTable
      dense
      caption={t("import.differences")}
      columns={columns}
      rows={differences}
      rowKey={({ line }) => String(line)}
      empty={null}
    />
  );
}

function Changes({ difference: { kind, changes } }: { readonly difference: ImportDifference }): ReactNode {
  const { t } = useTranslation();
  if (kind === "new") return <StatusPill tone="accent">{t("import.newProduct")}</StatusPill>;
  return changes.map(({ column, before, after }) => (
    <div key={column} className={classes.change}>
      <span className={classes.column}>{column}</span>
      <del>{before ?? t("import.empty")}</del>
      <ins>{after ?? t("import.empty")}</ins>
    </div>
  ));
}

function More({ count }: { readonly count: number }): ReactNode {
  const { t } = useTranslation();
  return count <= 0 ? null : <p className={classes.more}>{t("import.more", { count })}</p>;
}
