import type { VariantId } from "@holdfast/domain/catalog/variant";
import { decimal } from "@holdfast/domain/money/decimal";
import type { VariantDocument } from "@holdfast/protocol/documents";
import { useFormats } from "@holdfast/ui/use-formats";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCounter, useShop } from "../../shell/use-counter.ts";
import classes from "./Tile.module.css";

export type TileProps = {
  readonly variant: VariantDocument;
  readonly onAdd: (variant: VariantDocument) => void;
};

/** One product: a touch rings it up. */
export const Tile = memo(function Tile({ variant, onAdd }: TileProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { terminal } = useCounter();
  const { priceOf, rules } = useShop();
  const price = priceOf(variant.variant as VariantId, terminal.clock.instant(), decimal(1, 0));
  const { unit } = variant.unit;
  return (
    <li className={classes.item}>
      <button type="button" className={classes.tile} onClick={() => onAdd(variant)}>
        <span className={classes.name}>{variant.name}</span>
        <span className={classes.price}>
          {price === null ? t("sell.noPrice") : formats.price(price, rules)}
          {unit === "each" ? null : <span className={classes.unit}> / {unit}</span>}
        </span>
      </button>
    </li>
  );
});
