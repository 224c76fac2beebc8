import { exponentOf } from "@holdfast/domain/money/currency";
import type { CatalogOptions, Product } from "@holdfast/protocol/office/products";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { PageHeader } from "@holdfast/ui/PageHeader.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { StatusPill } from "@holdfast/ui/StatusPill.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button, Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { catalogQuery, productQuery } from "../../api/queries.ts";
import { useApi } from "../../api/use-api.ts";
import { Movements } from "../../pieces/Movements.tsx";
import { priceText } from "../../pieces/price-text.ts";
import { StockByBranch } from "../../pieces/StockByBranch.tsx";
import { BackLink } from "../../shell/BackLink.tsx";
import { Facts } from "../../shell/Facts.tsx";
import { LoadFailure } from "../../shell/LoadFailure.tsx";
import { Page } from "../../shell/Page.tsx";
import { useMe, useRight } from "../../shell/use-me.ts";
import { useTitle } from "../../shell/use-title.ts";
import { ProductForm } from "./ProductForm.tsx";
import classes from "./ProductScreen.module.css";
import { useUnitName } from "./use-unit-name.ts";

const route = getRouteApi("/products/$variant");

/** One variant: what it is, what it costs, where it is, and how it got there. */
export function ProductScreen(): ReactNode {
  const { t } = useTranslation();
  const api = useApi();
  const { variant } = route.useParams();
  const { branch } = route.useSearch();
  const { branches } = useMe();
  const query = useQuery(productQuery(api, variant));
  const options = useQuery(catalogQuery(api)).data;
  const mayEdit = useRight("edit-catalog");
  const [isEditing, editing] = useDisclosure(false);
  const product = query.data;
  const shown = branch ?? branches[0]?.branch;
  useTitle(product?.name ?? t("products.title"));
  return (
    <Page>
      <PageHeader
        back={<BackLink to="/products">{t("product.back")}</BackLink>}
        title={product?.name ?? <Skeleton height={24} width={240} />}
        detail={product === undefined ? null : <Standing product={product} />}
        actions={
          mayEdit && product !== undefined && options !== undefined ? (
            <Button leftSection={<Icon name="pencil" />} onClick={editing.open}>
              {t("product.edit")}
            </Button>
          ) : null
        }
      />
      <LoadFailure query={query} has={product !== undefined} />
      {product === undefined || options === undefined ? (
        query.error === null && <Skeleton height={320} />
      ) : (
        <>
          <div className={classes.pair}>
            <ProductFacts product={product} options={options} />
            {product.stocked ? <StockByBranch product={product} shown={shown} /> : null}
          </div>
          {product.stocked && shown !== undefined ? <Movements product={product} branch={shown} /> : null}
          {isEditing ? <ProductForm product={product} options={options} onClose={editing.close} /> : null}
        </>
      )}
    </Page>
  );
}

function Standing({ product: { sku, category, stocked, archived } }: { readonly product: Product }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <span className="tabular">{sku}</span>
      {category === null ? null : <span>{category}</span>}
      {stocked ? null : <StatusPill tone="neutral">{t("product.notStocked")}</StatusPill>}
      {archived ? <StatusPill tone="warn">{t("product.isArchived")}</StatusPill> : null}
    </>
  );
}

type FactsOf = { readonly product: Product; readonly options: CatalogOptions };

function ProductFacts({ product, options }: FactsOf): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const unitName = useUnitName();
  const { taxes, barcodes, prices, unit } = product;
  const taxNames = options.taxes.filter(({ tax }) => taxes.includes(tax)).map(({ name }) => name);
  return (
    <Panel title={t("product.facts")}>
      <Facts
        facts={[
          ...options.priceLists.map(({ priceList, name, currency }): readonly [string, ReactNode] => {
            const price = prices.find((each) => each.priceList === priceList)?.price ?? null;
            const place = { currency, exponent: exponentOf(currency) };
            return [
              name,
              price === null ? (
                t("products.noPrice")
              ) : (
                <strong key={priceList}>{priceText(formats, price, place)}</strong>
              ),
            ];
          }),
          [t("product.unit"), unitName(unit.unit)],
          [t("product.taxes"), taxNames.length === 0 ? t("product.noTaxes") : taxNames.join(", ")],
          [t("product.barcodes"), <Barcodes key="barcodes" barcodes={barcodes} />],
        ]}
      />
    </Panel>
  );
}

function Barcodes({ barcodes }: Pick<Product, "barcodes">): ReactNode {
  const { t } = useTranslation();
  if (barcodes.length === 0) return t("product.noBarcodes");
  return (
    <ul className={classes.barcodes}>
      {barcodes.map(({ code, pack }) => (
        <li key={code} className="tabular">
          {code}
          {pack === 1 ? null : <StatusPill tone="neutral">{t("product.pack", { count: pack })}</StatusPill>}
        </li>
      ))}
    </ul>
  );
}
