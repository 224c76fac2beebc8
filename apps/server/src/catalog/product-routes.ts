import type { VariantId } from "@holdfast/domain/catalog/variant";
import {
  catalogOptionsSchema,
  type Product,
  productListQuerySchema,
  productListSchema,
  productSchema,
  saveProductRequestSchema,
} from "@holdfast/protocol/office/products";
import { uuidOf, uuidSchema } from "@holdfast/protocol/primitives";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { inSnapshot, inTransaction } from "../db/database.ts";
import { publish } from "../feed/publish.ts";
import { ApiError } from "../http/api-error.ts";
import { type OfficeEnv, requireRight } from "../http/office-auth.ts";
import { json, jsonBody, officeRoutes, REFUSALS } from "../http/office-route.ts";
import { pageOf, parsePageKey } from "../http/page-cursor.ts";
import { isoNow, type ServerContext } from "../http/server-context.ts";
import { priceInForce } from "./price-in-force.ts";
import { catalogOptions, listedProducts, type ProductKey, productOf, type StoredProduct } from "./product-queries.ts";
import { saveProduct } from "./save-product.ts";

const productKeySchema: z.ZodType<ProductKey> = z.tuple([z.string(), uuidSchema]);
const variantParams = z.object({ variant: uuidOf<VariantId>() });

const optionsRoute = createRoute({
  method: "get",
  path: "/catalog",
  tags: ["catalog"],
  summary: "What products are made of: taxes, price lists, categories",
  middleware: [requireRight("read-catalog")],
  responses: { ...REFUSALS, 200: json(catalogOptionsSchema, "What a product may name.") },
});

const listRoute = createRoute({
  method: "get",
  path: "/products",
  tags: ["catalog"],
  summary: "Products by name, one row for each variant",
  middleware: [requireRight("read-catalog")],
  request: { query: productListQuerySchema },
  responses: { ...REFUSALS, 200: json(productListSchema, "One page.") },
});

const detailRoute = createRoute({
  method: "get",
  path: "/products/{variant}",
  tags: ["catalog"],
  summary: "One variant with its product",
  middleware: [requireRight("read-catalog")],
  request: { params: variantParams },
  responses: { ...REFUSALS, 200: json(productSchema, "The variant, its prices in force and its stock.") },
});

const saveRoute = createRoute({
  method: "put",
  path: "/products/{variant}",
  tags: ["catalog"],
  summary: "Create or change a variant; terminals hear of it at once",
  middleware: [requireRight("edit-catalog")],
  request: { params: variantParams, body: jsonBody(saveProductRequestSchema) },
  responses: { ...REFUSALS, 200: json(productSchema, "The variant as it is now.") },
});

export function productRoutes(context: ServerContext): OpenAPIHono<OfficeEnv> {
  const routes = officeRoutes();
  const asShown = (product: StoredProduct): Product => withPricesInForce(product, context.now());

  routes.openapi(optionsRoute, async (c) => {
    const { merchant } = c.get("office");
    return c.json(await inSnapshot(context.db, (tx) => catalogOptions(tx, merchant)), 200);
  });

  routes.openapi(listRoute, async (c) => {
    const { after, limit, q = "", category = null, archived } = c.req.valid("query");
    const filter = { merchant: c.get("office").merchant, q: q.trim(), category, archived: archived === "true" };
    const place = { after: parsePageKey(after, productKeySchema), limit };
    const found = await inSnapshot(context.db, (tx) => listedProducts(tx, filter, place));
    const { rows, next } = pageOf(found, limit, ({ name, variant }) => [name.toLowerCase(), variant]);
    return c.json({ products: rows.map(asShown), next }, 200);
  });

  routes.openapi(detailRoute, async (c) => {
    const { merchant } = c.get("office");
    const { variant } = c.req.valid("param");
    const product = await inSnapshot(context.db, (tx) => productOf(tx, merchant, variant));
    if (product === null) throw new ApiError("not_found", "There is no such product.");
    return c.json(asShown(product), 200);
  });

  routes.openapi(saveRoute, async (c) => {
    const { merchant } = c.get("office");
    const { variant } = c.req.valid("param");
    const change = { merchant, variant, request: c.req.valid("json"), nowMs: context.now() };
    const { saved, channels } = await inTransaction(context.db, async (tx) => {
      const touched = await saveProduct(tx, change);
      const published = await publish(tx, { merchant, at: isoNow(context) }, touched);
      return { saved: await productOf(tx, merchant, variant), channels: published };
    });
    context.live.changed(merchant, channels);
    return c.json(asShown(saved as StoredProduct), 200);
  });
  return routes;
}

function withPricesInForce({ prices, ...product }: StoredProduct, nowMs: number): Product {
  return {
    ...product,
    prices: prices.map((list) => ({ priceList: list.priceList, price: priceInForce(list.prices, nowMs) })),
  };
}
