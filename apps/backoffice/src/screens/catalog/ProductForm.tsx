import {
  type CatalogOptions,
  type Product,
  productSchema,
  type SaveProductRequest,
} from "@holdfast/protocol/office/products";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Api } from "../../api/api.ts";
import { Refused } from "../../api/failure.ts";
import { productQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { ProductFields } from "./ProductFields.tsx";
import classes from "./ProductForm.module.css";
import { type DraftFault, draftOf, emptyDraft, type ProductDraft, requestOf } from "./product-draft.ts";

export type ProductFormProps = {
  /** Null to make a new one. */
  readonly product: Product | null;
  readonly options: CatalogOptions;
  readonly onClose: () => void;
};

/** Makes or changes a product; a change that somebody else made meanwhile is shown, never overwritten. */
export function ProductForm({ product, options, onClose }: ProductFormProps): ReactNode {
  const { t } = useTranslation();
  const api = useApi();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => firstDraft(product, options));
  const [faults, setFaults] = useState<readonly DraftFault[]>([]);
  const save = useMutation({
    mutationFn: saveProduct(api, draft.variant),
    onSuccess: (saved) => {
      queries.setQueryData(productQuery(api, saved.variant).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ["/products"] });
      void queries.invalidateQueries({ queryKey: ["/catalog"] });
      onClose();
      if (product === null) void navigate({ to: "/products/$variant", params: { variant: saved.variant } });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const request = requestOf(draft);
    setFaults(request.ok ? [] : request.refusal);
    if (request.ok) save.mutate(request.value);
  };
  const loadAgain = async (): Promise<void> => {
    const fresh = await queries.fetchQuery({ ...productQuery(api, draft.variant), staleTime: 0 });
    setDraft(draftOf(fresh, options));
    save.reset();
  };
  return (
    <Dialog opened onClose={onClose} size="lg" title={product === null ? t("productForm.add") : t("productForm.edit")}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <SaveFailure error={save.error} onLoadAgain={loadAgain} />
        <ProductFields
          draft={draft}
          options={options}
          isNew={product === null}
          faults={faults}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        />
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("app.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function firstDraft(product: Product | null, options: CatalogOptions): ProductDraft {
  if (product !== null) return draftOf(product, options);
  return emptyDraft(options, Date.now(), crypto.getRandomValues(new Uint8Array(20)));
}

function saveProduct(api: Api, variant: string) {
  return (body: SaveProductRequest): Promise<Product> =>
    api.change({ method: "PUT", path: `/products/${variant}`, body }, productSchema);
}

type SaveFailureProps = { readonly error: Error | null; readonly onLoadAgain: () => Promise<void> };

function SaveFailure({ error, onLoadAgain }: SaveFailureProps): ReactNode {
  const { t } = useTranslation();
  if (error === null) return null;
  if (error instanceof Refused && error.code === "conflict" && error.field === "rev") {
    return (
      <>
        <ErrorNotice tone="warn" title={t("productForm.changed")} message={t("productForm.changedText")} />
        <Button variant="default" onClick={() => void onLoadAgain()}>
          {t("productForm.loadAgain")}
        </Button>
      </>
    );
  }
  return <ErrorNotice title={t("productForm.notSaved")} message={error.message} />;
}
