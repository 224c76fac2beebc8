import type { PricingRules } from "@holdfast/domain/cart/cart";
import type { PricedLine } from "@holdfast/domain/cart/line";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { CartLine } from "./CartLine.tsx";
import classes from "./CartLines.module.css";

export type CartLinesProps = {
  readonly lines: readonly PricedLine[];
  readonly rules: PricingRules;
  readonly selected: number | null;
  /** Without it the lines are only to be read. */
  readonly onSelect?: (line: number) => void;
  /** What can be done with the selected line, under it. */
  readonly tools?: ReactNode;
};

/** The lines of a cart. The browser draws only those in sight, so that the three hundredth costs what the third did. */
export function CartLines({ lines, rules, selected, onSelect, tools }: CartLinesProps): ReactNode {
  const { t } = useTranslation();
  const chosen = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changed in the selected line, it stays in sight
  useEffect(() => {
    chosen.current?.scrollIntoView({ block: "nearest" });
  }, [lines, selected]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className={classes.frame} tabIndex={0} aria-label={t("sell.cartLines")}>
      <ol className={classes.lines}>
        {lines.map((line) => {
          const isSelected = onSelect !== undefined && line.line === selected;
          return (
            <li key={line.line} className={classes.line} ref={isSelected ? chosen : undefined}>
              <CartLine
                line={line}
                rules={rules}
                isSelected={isSelected}
                {...(onSelect === undefined ? {} : { onSelect })}
              />
              {isSelected ? tools : null}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
