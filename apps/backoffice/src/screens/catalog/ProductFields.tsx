import type { CatalogOptions } from "@holdfast/protocol/office/products";
import { Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ProductForm.module.css";
import type { DraftFault, ProductDraft } from "./product-draft.ts";
import { UNITS, useUnitName } from "./use-unit-name.ts";

export type ProductFieldsProps = {
  readonly draft: ProductDraft;
  readonly options: CatalogOptions;
  readonly isNew: boolean;
  readonly faults: readonly DraftFault[];
  readonly onChange: (change: Partial<ProductDraft>) => void;
};

/** What can be said of a product, in the order in which somebody with the goods in hand knows it. */
export function ProductFields(props: ProductFieldsProps): ReactNode {
  const { t } = useTranslation();
  const { draft, onChange } = props;
  const faultOf = useFaults(props.faults);
  return (
    <div className={classes.fields}>
      <TextInput
        label={t("productForm.name")}
        required
        data-autofocus
        value={draft.name}
        error={faultOf("name")}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Kind {...props} />
      <Prices {...props} />
      <Textarea
        label={t("productForm.barcodes")}
        description={t("productForm.barcodesHint")}
        rows={3}
        value={draft.barcodes}
        error={faultOf("barcodes")}
        onChange={(event) => onChange({ barcodes: event.currentTarget.value })}
      />
      <Checkbox.Group
        label={t("productForm.taxes")}
        value={[...draft.taxes]}
        onChange={(chosen) =>
          onChange({ taxes: props.options.taxes.flatMap(({ tax }) => (chosen.includes(tax) ? [tax] : [])) })
        }
      >
        <div className={classes.checks}>
          {props.options.taxes.map(({ tax, name }) => (
            <Checkbox key={tax} value={tax} label={name} />
          ))}
        </div>
      </Checkbox.Group>
      <div className={classes.checks}>
        <Checkbox
          label={t("productForm.stocked")}
          checked={draft.stocked}
          onChange={(event) => onChange({ stocked: event.currentTarget.checked })}
        />
        <Checkbox
          label={t("productForm.archived")}
          checked={draft.archived}
          onChange={(event) => onChange({ archived: event.currentTarget.checked })}
        />
      </div>
    </div>
  );
}

function useFaults(faults: readonly DraftFault[]): (field: DraftFault["field"]) => string | undefined {
  const { t } = useTranslation();
  return (field) => {
    const fault = faults.find((each) => each.field === field);
    return fault === undefined ? undefined : t(`productForm.${fault.word}`);
  };
}

function Kind({ draft, options, isNew, faults, onChange }: ProductFieldsProps): ReactNode {
  const { t } = useTranslation();
  const unitName = useUnitName();
  const faultOf = useFaults(faults);
  const categories = useId();
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          label={t("productForm.sku")}
          required
          value={draft.sku}
          error={faultOf("sku")}
          onChange={(event) => onChange({ sku: event.currentTarget.value })}
        />
        <TextInput
          label={t("productForm.category")}
          list={categories}
          value={draft.category}
          onChange={(event) => onChange({ category: event.currentTarget.value })}
        />
        <datalist id={categories}>
          {options.categories.map((category) => (
            <option key={category} value={category} />
          ))}
        </datalist>
      </div>
      <NativeSelect
        label={t("productForm.unit")}
        description={t("productForm.unitHint")}
        disabled={!isNew}
        value={draft.unit}
        data={[...new Set([...UNITS.map(({ unit }) => unit as string), draft.unit])].map((unit) => ({
          value: unit,
          label: unitName(unit),
        }))}
        onChange={({ currentTarget: { value } }) =>
          onChange({ unit: value, scale: UNITS.find(({ unit }) => unit === value)?.scale ?? draft.scale })
        }
      />
    </>
  );
}

function Prices({ draft, options, faults, onChange }: ProductFieldsProps): ReactNode {
  const { t } = useTranslation();
  const faultOf = useFaults(faults);
  return options.priceLists.map(({ priceList, name, currency }) => (
    <TextInput
      key={priceList}
      label={t("productForm.price", { list: name })}
      description={t("productForm.priceHint")}
      inputMode="decimal"
      rightSection={currency}
      rightSectionWidth={52}
      value={draft.prices.find((each) => each.priceList === priceList)?.text ?? ""}
      error={faultOf(`price ${priceList}`)}
      onChange={({ currentTarget: { value } }) =>
        onChange({
          prices: draft.prices.map((each) => (each.priceList === priceList ? { ...each, text: value } : each)),
        })
      }
    />
  ));
}
