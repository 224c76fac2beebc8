import { exponentOf } from "@holdfast/domain/money/currency";
import type { CatalogOptions, Product } from "@holdfast/protocol/office/products";
import { type Column, DataTable } from "@holdfast/ui/DataTable.tsx";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { PageHeader } from "@holdfast/ui/PageHeader.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { catalogQuery, productsQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { OnHand } from "../../pieces/OnHand.tsx";
import { priceText } from "../../pieces/price-text.ts";
import { Filters } from "../../shell/Filters.tsx";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { MoreButton } from "../../shell/MoreButton.tsx";
import { Page } from "../../shell/Page.tsx";
import { SearchField } from "../../shell/SearchField.tsx";
import { useRight } from "../../shell/use-me.ts";
import { useTitle } from "../../shell/use-title.ts";
import { ProductForm } from "./ProductForm.tsx";
import classes from "./ProductsScreen.module.css";

const route = getRouteApi("/products");

/** What the shop sells: found by name, SKU or barcode, with price and stock at a glance. */
export function ProductsScreen(): ReactNode {
  const { t } = useTranslation();
  const api = useApi();
  const { q, category, archived, add } = route.useSearch();
  const query = useInfiniteQuery(productsQuery(api, { q, category, archived: archived === true ? "true" : undefined }));
  const options = useQuery(catalogQuery(api)).data;
  const mayEdit = useRight("edit-catalog");
  const navigate = route.useNavigate();
  const adding = (add: true | undefined): void => void navigate({ search: (before) => ({ ...before, add }) });
  const columns = useColumns(options);
  const isFiltered = [q, category, archived].some((value) => value !== undefined);
  useTitle(t("products.title"));
  const addButton =
    mayEdit && options !== undefined ? (
      <Button leftSection={<Icon name="plus" />} onClick={() => adding(true)}>
        {t("products.add")}
      </Button>
    ) : null;
  return (
    <Page>
      <PageHeader
        title={t("products.title")}
        actions={
          mayEdit ? (
            <>
              <Button component={Link} to="/products/import" variant="default">
                {t("products.import")}
              </Button>
              {addButton}
            </>
          ) : null
        }
      />
      <ProductFilters options={options} />
      <LoadFailure query={query} has={query.data !== undefined} />
      {query.data === undefined && query.error !== null ? null : (
        <Panel flush>
          <DataTable
            caption={t("products.title")}
            columns={columns}
            rows={query.data?.pages.flatMap(({ products }) => products)}
            rowKey={({ variant }) => variant}
            empty={
              <EmptyState
                icon="box"
                title={isFiltered ? t("products.nothingFound") : t("products.empty")}
                text={isFiltered ? t("products.nothingFoundText") : t("products.emptyText")}
                action={isFiltered ? null : addButton}
              />
            }
          />
          <MoreButton pages={query} />
        </Panel>
      )}
      {mayEdit && add === true && options !== undefined ? (
        <ProductForm product={null} options={options} onClose={() => adding(undefined)} />
      ) : null}
    </Page>
  );
}

function ProductFilters({ options }: { readonly options: CatalogOptions | undefined }): ReactNode {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: Partial<typeof search>): void => {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  };
  return (
    <Filters>
      <SearchField label={t("products.search")} value={search.q ?? ""} onSearch={(q) => set({ q: q || undefined })} />
      <NativeSelect
        label={t("products.category")}
        value={search.category ?? ""}
        onChange={(event) => set({ category: event.currentTarget.value || undefined })}
        data={[{ value: "", label: t("products.allCategories") }, ...(options?.categories ?? [])]}
      />
      <Checkbox
        className={classes.archived}
        label={t("products.archived")}
        checked={search.archived ?? false}
        onChange={(event) => set({ archived: event.currentTarget.checked || undefined })}
      />
    </Filters>
  );
}

function useColumns(options: CatalogOptions | undefined): readonly Column<Product>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const lists = options?.priceLists ?? [];
  return [
    {
      key: "name",
      head: t("products.name"),
      cell: ({ variant, name, category }) => (
        <>
          <Link to="/products/$variant" params={{ variant }} data-row-link>
            {name}
          </Link>
          {category === null ? null : <span className={classes.category}>{category}</span>}
        </>
      ),
    },
    { key: "sku", head: t("products.sku"), from: "medium", cell: ({ sku }) => <span className="tabular">{sku}</span> },
    ...lists.map(
      ({ priceList, name, currency }): Column<Product> => ({
        key: priceList,
        head: lists.length === 1 ? t("products.price") : name,
        numeric: true,
        cell: ({ prices }) => {
          const price = prices.find((each) => each.priceList === priceList)?.price ?? null;
          return price === null ? (
            <span className={classes.none}>{t("products.noPrice")}</span>
          ) : (
            priceText(formats, price, { currency, exponent: exponentOf(currency) })
          );
        },
      }),
    ),
    {
      key: "on-hand",
      head: t("products.onHand"),
      numeric: true,
      from: "medium",
      cell: (product) =>
        product.stocked ? (
          <OnHand product={product} />
        ) : (
          <span className={classes.none}>{t("products.notStocked")}</span>
        ),
    },
  ];
}
