import type { PricingRules } from "@holdfast/domain/cart/cart";
import type { PricedLine } from "@holdfast/domain/cart/line";
import { useFormats } from "@holdfast/ui/use-formats";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./CartLine.module.css";

export type CartLineProps = {
  readonly line: PricedLine;
  readonly rules: PricingRules;
  readonly isSelected: boolean;
  readonly onSelect?: (line: number) => void;
};

/** One line: how many, what, for how much; under it what changed its price. */
export const CartLine = memo(function CartLine({ line, rules, isSelected, onSelect }: CartLineProps): ReactNode {
  const formats = useFormats();
  const { t } = useTranslation();
  const { quantity, discountAmounts, discounts } = line;
  const each = formats.price(line.unitPrice, rules);
  const isOne = quantity.unit === "each" && quantity.units === 1;
  const facts = [line.giftCard, ...(line.serials ?? []), line.lot, line.note].filter((fact) => fact !== undefined);
  const content = (
    <>
      <span className={classes.quantity} data-measured={quantity.unit !== "each" || undefined}>
        {formats.quantity(quantity)}
      </span>
      <span className={classes.name}>
        <span>
          <bdi>{line.name}</bdi>
        </span>
        {isOne && discounts.length === 0 && facts.length === 0 && line.override === undefined ? null : (
          <span className={classes.detail}>
            {isOne ? null : <span>{t("sell.times", { price: each })}</span>}
            {line.override === undefined ? null : (
              <span>{t("sell.listed", { price: formats.price(line.override.listed, rules) })}</span>
            )}
            {discounts.map((discount, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a discount is known by its place
              <span key={index} className={classes.discount}>
                {formats.amount(-(discountAmounts[index] ?? 0), rules)} {discount.reason}
              </span>
            ))}
            {facts.map((fact) => (
              <span key={fact} className={classes.note}>
                {fact}
              </span>
            ))}
          </span>
        )}
      </span>
      <span className={classes.amount}>{formats.amount(line.amount + line.orderDiscount, rules)}</span>
    </>
  );
  if (onSelect === undefined) return <div className={classes.line}>{content}</div>;
  return (
    <button
      type="button"
      className={classes.line}
      data-selected={isSelected || undefined}
      aria-pressed={isSelected}
      onClick={() => onSelect(line.line)}
    >
      {content}
    </button>
  );
}, isAsBefore);

/** A cart is priced anew with each change: a line whose figures stayed looks as it did. */
function isAsBefore(before: CartLineProps, after: CartLineProps): boolean {
  const [a, b] = [before.line, after.line];
  return (
    before.isSelected === after.isSelected &&
    before.onSelect === after.onSelect &&
    a.amount === b.amount &&
    a.orderDiscount === b.orderDiscount &&
    a.quantity === b.quantity &&
    a.unitPrice === b.unitPrice &&
    a.discounts === b.discounts &&
    a.override === b.override &&
    a.note === b.note &&
    a.name === b.name
  );
}
