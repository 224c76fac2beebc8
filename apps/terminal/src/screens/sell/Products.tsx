import type { VariantDocument } from "@holdfast/protocol/documents";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { type KeyboardEvent, type ReactNode, useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entry } from "../../shell/entry.ts";
import { useCounter, useKeyLayer, useShop } from "../../shell/use-counter.ts";
import { Categories } from "./Categories.tsx";
import classes from "./Products.module.css";
import { SearchBox } from "./SearchBox.tsx";
import { Tile } from "./Tile.tsx";
import { useShelf } from "./use-shelf.ts";

/** What there is to sell: by category, by name, by code. */
export function Products({ entry }: { readonly entry: Entry }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { desk } = useCounter();
  const { catalogue } = useShop();
  const [query, setQuery] = useState("");
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLUListElement>(null);
  const { pages, chosen, choose, variants, of } = useShelf(query);
  useKeyLayer("screen", {
    actions: { search: () => search.current?.select() },
    onTyped: (char) => {
      if (entry.type(char)) return;
      setQuery(char.trim());
      search.current?.focus();
    },
  });
  const add = useCallback(
    (variant: VariantDocument) => {
      const count = entry.decimal();
      entry.empty();
      desk.add({ variant, pack: 1 }, { count });
    },
    [desk, entry],
  );
  /** A code is rung up, a single find too; of several a person chooses. */
  const enter = (): void => {
    const [first, second] = variants;
    const isCode = catalogue.byCode(query.trim()).length > 0;
    if (!isCode && second !== undefined) {
      firstTile(grid.current)?.focus();
      return;
    }
    if (!isCode && first !== undefined) add(first);
    else desk.scan(query);
    setQuery("");
  };
  return (
    <section className={classes.zone} aria-label={t("sell.products")}>
      <SearchBox
        box={search}
        query={query}
        onQuery={setQuery}
        onEnter={enter}
        onDown={() => firstTile(grid.current)?.focus()}
      />
      <Categories
        pages={pages}
        chosen={query === "" ? chosen : null}
        onChoose={(key) => {
          setQuery("");
          choose(key);
        }}
      />
      {variants.length === 0 ? (
        <EmptyState icon="search" title={t("sell.noMatch")} text={t("sell.noMatchText")} />
      ) : (
        <div className={classes.scroll}>
          <ul className={classes.grid} ref={grid} onKeyDown={walkTiles}>
            {variants.map((variant) => (
              <Tile key={variant.variant} variant={variant} onAdd={add} />
            ))}
          </ul>
          {of > variants.length ? (
            <p className={classes.more}>{t("sell.moreGoods", { shown: formats.number(variants.length), count: of })}</p>
          ) : null}
        </div>
      )}
    </section>
  );
}

function firstTile(grid: HTMLElement | null): HTMLElement | null {
  return grid?.querySelector<HTMLElement>("button") ?? null;
}

/** Arrows walk the grid as it is laid out; up from the first row leads back to the search. */
function walkTiles(event: KeyboardEvent<HTMLElement>): void {
  const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const at = tiles.indexOf(event.target as HTMLElement);
  if (at < 0 || !event.key.startsWith("Arrow")) return;
  const top = tiles[0]?.offsetTop;
  const columns = Math.max(
    1,
    tiles.findIndex((tile) => tile.offsetTop !== top),
  );
  const isRtl = getComputedStyle(event.currentTarget).direction === "rtl";
  const sideways = (event.key === "ArrowRight") === isRtl ? -1 : 1;
  const step = event.key === "ArrowDown" ? columns : event.key === "ArrowUp" ? -columns : sideways;
  event.preventDefault();
  event.stopPropagation();
  tiles[Math.min(Math.max(at + step, 0), tiles.length - 1)]?.focus();
}
