import type { VariantId } from "@holdfast/domain/catalog/variant";
import type { VariantDocument } from "@holdfast/protocol/documents";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCounter, useShop, useValue } from "../../shell/use-counter.ts";

const TILES_MAX = 96;
const FOUND_MAX = 48;
const FAVOURITES_MAX = 30;

/** One page of goods: chosen by the branch, sold most often here, or of one category. */
type Page = { readonly key: string; readonly label: string };

export type Shelf = {
  readonly pages: readonly Page[];
  readonly chosen: string;
  readonly choose: (key: string) => void;
  readonly variants: readonly VariantDocument[];
  /** How many there are, shown or not. */
  readonly of: number;
};

/** The goods to show: what was searched for, else the page that was chosen. */
export function useShelf(query: string): Shelf {
  const { t } = useTranslation();
  const { bestSellers, sales } = useCounter();
  const { catalogue, branch } = useShop();
  const sold = useValue(sales.briefs);
  const pages: Page[] = useMemo(
    () => [
      ...branch.favourites.map(({ name }, index) => ({ key: `page ${index}`, label: name })),
      { key: "all", label: t("sell.allGoods") },
      ...(sold.length === 0 ? [] : [{ key: "sold", label: t("sell.favourites") }]),
      ...catalogue.categories().map((name) => ({ key: `category ${name}`, label: name })),
    ],
    [branch, catalogue, sold.length, t],
  );
  const [picked, setPicked] = useState<string | null>(null);
  const chosen = pages.find(({ key }) => key === picked)?.key ?? pages[0]?.key ?? "all";
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was sold changes what is sold most often
  const goods = useMemo(() => {
    const named = (variants: readonly VariantId[]): Pick<Shelf, "variants" | "of"> => {
      const found = variants.map((variant) => catalogue.get(variant)).filter((variant) => variant !== null);
      return { variants: found, of: found.length };
    };
    if (query.trim() !== "") {
      const found = catalogue.search(query, FOUND_MAX);
      return { variants: found, of: found.length };
    }
    if (chosen === "sold") return named(bestSellers.top(FAVOURITES_MAX));
    const [kind = "", name = ""] = splitKey(chosen);
    if (kind === "page") return named(branch.favourites[Number(name)]?.variants ?? []);
    return catalogue.inCategory(kind === "category" ? name : null, TILES_MAX);
  }, [catalogue, branch, bestSellers, chosen, query, sold]);
  return { pages, chosen, choose: setPicked, ...goods };
}

function splitKey(key: string): [kind: string, name: string] {
  const at = key.indexOf(" ");
  return at < 0 ? [key, ""] : [key.slice(0, at), key.slice(at + 1)];
}
