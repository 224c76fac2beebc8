import { Icon } from "@holdfast/ui/Icon.tsx";
import { ActionIcon, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CodeHit } from "../../catalog/catalogue.ts";
import type { GoodsDetails } from "../../catalog/find-scanned.ts";
import classes from "./Returns.module.css";

export type BlindLineGoods = {
  readonly key: number;
  readonly hit: CodeHit;
  readonly details: GoodsDetails;
  /** How much, as it was typed. */
  readonly text: string;
  /** The number of the piece or batch, where these goods carry one. */
  readonly mark: string;
  readonly restock: boolean;
};

export type BlindLineProps = {
  readonly goods: BlindLineGoods;
  readonly onChange: (goods: BlindLineGoods) => void;
  readonly onRemove: () => void;
};

/** One kind of goods that comes back: how much of it, and whether it can be sold again. */
export function BlindLine({ goods, onChange, onRemove }: BlindLineProps): ReactNode {
  const { t } = useTranslation();
  const { variant } = goods.hit;
  return (
    <li className={classes.line} data-chosen="true">
      <div className={classes.lineWords}>
        <span className={classes.name}>{variant.name}</span>
        <span className={classes.text}>{variant.sku}</span>
      </div>
      {variant.tracking === undefined ? null : (
        <TextInput
          aria-label={t(`question.${variant.tracking}Label`)}
          classNames={{ root: classes.mark ?? "" }}
          size="touch"
          autoComplete="off"
          placeholder={t(`question.${variant.tracking}Label`)}
          maxLength={100}
          value={goods.mark}
          onChange={(event) => onChange({ ...goods, mark: event.currentTarget.value })}
        />
      )}
      <TextInput
        aria-label={t("returns.quantity", { name: variant.name })}
        classNames={{ root: classes.quantity ?? "" }}
        size="touch"
        inputMode="decimal"
        autoComplete="off"
        placeholder={variant.unit.scale > 0 ? variant.unit.unit : "0"}
        maxLength={12}
        value={goods.text}
        onChange={(event) => onChange({ ...goods, text: event.currentTarget.value })}
      />
      <button
        type="button"
        className={classes.reason}
        aria-pressed={!goods.restock}
        onClick={() => onChange({ ...goods, restock: !goods.restock })}
      >
        {t("returns.restockNo")}
      </button>
      <ActionIcon
        size="touch"
        variant="subtle"
        color="gray"
        aria-label={t("returns.blind.remove", { name: variant.name })}
        onClick={onRemove}
      >
        <Icon name="close" />
      </ActionIcon>
    </li>
  );
}
