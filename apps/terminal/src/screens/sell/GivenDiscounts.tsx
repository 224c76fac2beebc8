import type { Cart } from "@holdfast/domain/cart/cart";
import type { PricedLine } from "@holdfast/domain/cart/line";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { ActionIcon } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Dialogs.module.css";

export type GivenDiscountsProps = {
  readonly cart: Cart;
  readonly lines: readonly PricedLine[];
  readonly onLine: (line: number, index: number) => void;
  readonly onOrder: (index: number) => void;
};

type Given = { readonly key: string; readonly text: string; readonly off: string; readonly takeBack: () => void };

/** What people took off this cart by hand, each of it to be taken back. */
export function GivenDiscounts({ cart, lines, onLine, onOrder }: GivenDiscountsProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const ofLines = lines.flatMap(({ line, name, discounts, discountAmounts }) =>
    discounts.flatMap((discount, index): Given[] =>
      discount.kind === "promotion"
        ? []
        : [
            {
              key: `${line} ${index}`,
              text: `${name}: ${discount.reason}`,
              off: formats.amount(-(discountAmounts[index] ?? 0), cart.rules),
              takeBack: () => onLine(line, index),
            },
          ],
    ),
  );
  const ofOrder = cart.orderDiscounts.map(
    (discount, index): Given => ({
      key: `order ${index}`,
      text: `${t("discount.whole")}: ${discount.reason}`,
      off:
        discount.kind === "percent"
          ? formats.percent(-discount.percentPpm / 1_000_000)
          : formats.amount(-discount.amount, cart.rules),
      takeBack: () => onOrder(index),
    }),
  );
  const given = [...ofLines, ...ofOrder];
  if (given.length === 0) return null;
  return (
    <ul className={classes.given} aria-label={t("discount.given")}>
      {given.map(({ key, text, off, takeBack }) => (
        <li key={key}>
          <span>{text}</span>
          <bdi>{off}</bdi>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="touch"
            aria-label={t("discount.takeBack", { discount: text })}
            onClick={takeBack}
          >
            <Icon name="close" />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
