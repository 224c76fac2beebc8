import type { PricingRules } from "@holdfast/domain/cart/cart";
import type { PricedLine } from "@holdfast/domain/cart/line";
import { useVirtualizer } from "@tanstack/react-virtual";
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

const LINE_PX = 58;
const LINES_BEYOND = 6;

/** The lines of a cart. Only those in sight are in the page, so that the three hundredth costs what the third did. */
export function CartLines({ lines, rules, selected, onSelect, tools }: CartLinesProps): ReactNode {
  const { t } = useTranslation();
  const frame = useRef<HTMLElement>(null);
  const place = lines.findIndex(({ line }) => line === selected);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => LINE_PX,
    overscan: LINES_BEYOND,
    getItemKey: (index) => lines[index]?.line ?? index,
  });
  useEffect(() => {
    if (place >= 0) rows.scrollToIndex(place, { align: "auto" });
  }, [place, rows]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className={classes.frame} ref={frame} tabIndex={0} aria-label={t("sell.cartLines")}>
      <ol className={classes.lines} style={{ blockSize: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          if (line === undefined) return null;
          return (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              className={classes.line}
              style={{ transform: `translateY(${start}px)` }}
              aria-setsize={lines.length}
              aria-posinset={index + 1}
            >
              <CartLine
                line={line}
                rules={rules}
                isSelected={onSelect !== undefined && line.line === selected}
                {...(onSelect === undefined ? {} : { onSelect })}
              />
              {onSelect !== undefined && line.line === selected ? tools : null}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
