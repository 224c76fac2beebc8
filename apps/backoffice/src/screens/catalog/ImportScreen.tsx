import { importColumns } from "@holdfast/protocol/office/import";
import type { CatalogOptions } from "@holdfast/protocol/office/products";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { PageHeader } from "@holdfast/ui/PageHeader.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button, FileButton, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { catalogQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { BackLink } from "../../shell/BackLink.tsx";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { Page } from "../../shell/Page.tsx";
import { useTitle } from "../../shell/use-title.ts";
import { ImportOutcome } from "./ImportOutcome.tsx";
import classes from "./ImportScreen.module.css";
import { type ImportState, useImport } from "./use-import.ts";

type Terms = { readonly tax: string; readonly priceList: string };

/** Brings a file of products in: what it would change first, then all of it or nothing. */
export function ImportScreen(): ReactNode {
  const { t } = useTranslation();
  const query = useQuery(catalogQuery(useApi()));
  const [file, setFile] = useState<File | null>(null);
  const [terms, setTerms] = useState<Terms>({ tax: "", priceList: "" });
  const { state, run, reset } = useImport();
  useTitle(t("import.title"));
  const options = query.data;
  const priceList = terms.priceList || options?.priceLists[0]?.priceList;
  const send = (apply: boolean, basis?: string): void => {
    if (file !== null) void run(file, { apply: String(apply), tax: terms.tax, priceList, basis });
  };
  const choose = (chosen: File | null): void => {
    setFile(chosen);
    reset();
  };
  return (
    <Page>
      <PageHeader
        back={<BackLink to="/products">{t("product.back")}</BackLink>}
        title={t("import.title")}
        detail={t("import.detail")}
      />
      <LoadFailure query={query} has={options !== undefined} />
      <Panel>
        <div className={classes.choice}>
          <ChosenFile file={file} isBusy={state.kind === "running"} onChoose={choose} />
          {options === undefined ? null : (
            <TermFields options={options} terms={terms} onChange={(change) => setTerms({ ...terms, ...change })} />
          )}
          <Button
            className={classes.compare}
            disabled={file === null || state.kind === "running"}
            onClick={() => send(false)}
          >
            {t("import.compare")}
          </Button>
        </div>
      </Panel>
      <Progress state={state} />
      {state.kind === "failed" ? (
        <ErrorNotice title={t("import.failed")} message={state.message ?? t("import.stopped")} />
      ) : null}
      {state.kind === "told" ? (
        <ImportOutcome report={state.report} onApply={() => send(true, state.report.basis)} />
      ) : null}
    </Page>
  );
}

type ChosenFileProps = {
  readonly file: File | null;
  readonly isBusy: boolean;
  readonly onChoose: (file: File | null) => void;
};

function ChosenFile({ file, isBusy, onChoose }: ChosenFileProps): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={classes.file}>
      <FileButton accept=".csv,text/csv,text/plain" onChange={onChoose} disabled={isBusy}>
        {(button) => (
          <Button variant="default" leftSection={<Icon name="plus" />} {...button}>
            {file === null ? t("import.choose") : t("import.chooseOther")}
          </Button>
        )}
      </FileButton>
      {file === null ? (
        <p className={classes.hint}>
          {t("import.columns", { columns: importColumns.join(", ") })} {t("import.needed")}
        </p>
      ) : (
        <strong className={classes.name}>{file.name}</strong>
      )}
    </div>
  );
}

type TermFieldsProps = {
  readonly options: CatalogOptions;
  readonly terms: Terms;
  readonly onChange: (change: Partial<Terms>) => void;
};

function TermFields({ options, terms, onChange }: TermFieldsProps): ReactNode {
  const { t } = useTranslation();
  const taxes = options.taxes.map(({ tax, name }) => ({ value: tax, label: name }));
  const lists = options.priceLists.map(({ priceList, name }) => ({ value: priceList, label: name }));
  return (
    <>
      <NativeSelect
        label={t("import.tax")}
        value={terms.tax}
        onChange={(event) => onChange({ tax: event.currentTarget.value })}
        data={[{ value: "", label: t("import.taxAsk") }, ...taxes, { value: "none", label: t("import.taxNone") }]}
      />
      {lists.length < 2 ? null : (
        <NativeSelect
          label={t("import.priceList")}
          value={terms.priceList}
          onChange={(event) => onChange({ priceList: event.currentTarget.value })}
          data={lists}
        />
      )}
    </>
  );
}

function Progress({ state }: { readonly state: ImportState }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  if (state.kind !== "running") return null;
  const stage = t(`import.${state.stage}`);
  return (
    <Panel>
      <div className={classes.progress} role="status">
        <span>{stage}</span>
        <span className="tabular">{formats.percent(state.done)}</span>
        <progress className={classes.bar} max={1} value={state.done} aria-label={stage} />
      </div>
    </Panel>
  );
}
