import { type CurrencyCode, exponentOf } from "@holdfast/domain/money/currency";
import { receiptNumberToText } from "@holdfast/domain/sale/receipt-number";
import type { ShiftReport } from "@holdfast/domain/till/z-report";
import { Money } from "@holdfast/ui/Money.tsx";
import { Panel } from "@holdfast/ui/Panel.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useTenderName } from "../../shell/use-tender-name.ts";
import classes from "./ShiftScreen.module.css";

type Props = { readonly report: ShiftReport; readonly currency: CurrencyCode };
type Row = { readonly name: string; readonly count?: number; readonly amount: number };

/** The Z report with the figures that were printed. */
export function ZReport({ report, currency }: Props): ReactNode {
  const { t } = useTranslation();
  const tenderName = useTenderName();
  const { sales, returns, net, discounts, gross, byTender, byRate, byGroup, movements, grandTotals } = report;
  const groups: readonly (readonly [title: string, rows: readonly Row[]])[] = [
    [
      t("shifts.turnover"),
      [
        { name: t("shifts.sold"), ...sales },
        { name: t("shifts.returned"), count: returns.count, amount: -returns.amount },
        { name: t("shifts.net"), amount: net },
        { name: t("shifts.gross"), amount: gross },
        { name: t("sale.discount"), ...discounts },
      ],
    ],
    [t("today.byTender"), byTender.map(({ tender, count, amount }) => ({ name: tenderName(tender), count, amount }))],
    [t("sale.taxes"), byRate.map(({ rate, amount }) => ({ name: rate.name, amount }))],
    [
      t("shifts.byGroup"),
      byGroup.map(({ category, lines, incTax }) => ({
        name: category ?? t("shifts.noGroup"),
        count: lines,
        amount: incTax,
      })),
    ],
    [
      t("shifts.cash"),
      (["paid-in", "paid-out", "pickup", "loan"] as const).map((kind) => ({
        name: t(`shifts.deed_${kind}`),
        ...movements[kind],
      })),
    ],
    [
      t("shifts.watched"),
      [
        { name: t("sales.postVoid"), ...report.postVoids },
        { name: t("shifts.lineVoids"), ...report.lineVoids },
        { name: t("shifts.cancelled"), ...report.cancelled },
        { name: t("sales.training"), ...report.training },
      ],
    ],
    [
      t("shifts.grand"),
      [
        { name: t("shifts.sold"), amount: grandTotals.sales },
        { name: t("shifts.returned"), amount: grandTotals.returns },
        { name: t("shifts.net"), amount: grandTotals.net },
      ],
    ],
  ];
  return (
    <Panel
      title={report.zNumber === null ? t("shifts.zReport") : t("shifts.z", { number: report.zNumber })}
      actions={<Receipts report={report} />}
    >
      <div className={classes.groups}>
        {groups
          .filter(([, rows]) => rows.length > 0)
          .map(([title, rows]) => (
            <Group key={title} title={title} rows={rows} currency={currency} />
          ))}
      </div>
    </Panel>
  );
}

function Receipts({ report: { firstReceipt, lastReceipt } }: Pick<Props, "report">): ReactNode {
  if (firstReceipt === null || lastReceipt === null) return null;
  return (
    <span className={classes.count}>
      {receiptNumberToText(firstReceipt)} – {receiptNumberToText(lastReceipt)}
    </span>
  );
}

type GroupProps = { readonly title: string; readonly rows: readonly Row[]; readonly currency: CurrencyCode };

function Group({ title, rows, currency: code }: GroupProps): ReactNode {
  const formats = useFormats();
  const currency = { currency: code, exponent: exponentOf(code) };
  return (
    <section>
      <h3 className={classes.heading}>{title}</h3>
      <table className={classes.rows}>
        <caption className="visually-hidden">{title}</caption>
        <tbody>
          {rows.map(({ name, count, amount }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={classes.count}>{count === undefined ? null : formats.number(count)}</td>
              <td>
                <Money amount={amount} currency={currency} bare />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
