import "@mantine/charts/styles.css";
import type { Currency } from "@holdfast/ui/format";
import { useFormats } from "@holdfast/ui/use-formats";
import { BarChart } from "@mantine/charts";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export type TakingsChartProps = {
  readonly label: string;
  /** What the bars stand for: hours, days. */
  readonly head: string;
  readonly bars: readonly { readonly name: string; readonly total: number }[];
  readonly currency: Currency;
};

/** Bars for the eye, and the same figures as a table for who does not see them. */
export function TakingsChart({ label, head, bars, currency }: TakingsChartProps): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const money = (minorUnits: number): string => formats.money(minorUnits, currency);
  return (
    <figure>
      <div aria-hidden="true">
        <BarChart
          h={220}
          data={bars.map(({ name, total }) => ({ name, [t("today.takings")]: total }))}
          dataKey="name"
          series={[{ name: t("today.takings"), color: "petrol" }]}
          valueFormatter={money}
          yAxisProps={{ width: 64, tickFormatter: (value: number) => wholeUnits(value, { money, currency }) }}
          barChartProps={{ accessibilityLayer: false }}
          barProps={{ fill: "var(--hf-chart-1)", radius: [4, 4, 0, 0], maxBarSize: 36, isAnimationActive: false }}
          gridAxis="y"
          tickLine="none"
          tooltipProps={{ cursor: { fill: "var(--hf-hover)" } }}
        />
      </div>
      <table className="visually-hidden">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">{t("today.takings")}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ name, total }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{money(total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

type Scale = { readonly money: (minorUnits: number) => string; readonly currency: Currency };

/** An axis needs no cents. */
function wholeUnits(value: number, { money, currency }: Scale): string {
  return money(value).replace(new RegExp(`[.,٫]0{${currency.exponent}}(?=\\D*$)`), "");
}
