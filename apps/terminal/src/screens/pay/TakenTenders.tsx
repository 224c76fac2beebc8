import type { PricingRules } from "@holdfast/domain/cart/cart";
import type { Tender } from "@holdfast/domain/tender/tender";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { ActionIcon } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./TakenTenders.module.css";

export type TakenTendersProps = {
  readonly tenders: readonly Tender[];
  readonly rules: PricingRules;
  readonly onTakeBack: (index: number) => void;
};

/** What was taken for this sale so far. It is on the disk, even if the sale never gets there. */
export function TakenTenders({ tenders, rules, onTakeBack }: TakenTendersProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  if (tenders.length === 0) return null;
  return (
    <ul className={classes.taken} aria-label={t("pay.tenders")}>
      {tenders.map((tender, index) => {
        const name = t(`tender.${tender.kind}`);
        const amount = formats.money(tender.amount, rules);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a payment is known by its place
          <li key={index} className={classes.tender}>
            <span className={classes.name}>
              {name}
              {tender.kind === "card" ? <bdi className={classes.reference}>{tender.reference}</bdi> : null}
            </span>
            <span className={classes.amount}>{amount}</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="touch"
              aria-label={t("pay.takeBack", { tender: name, amount })}
              onClick={() => onTakeBack(index)}
            >
              <Icon name="close" />
            </ActionIcon>
          </li>
        );
      })}
    </ul>
  );
}
