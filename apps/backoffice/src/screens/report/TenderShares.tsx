import type { Dashboard } from "@holdfast/protocol/office/dashboard";
import { EmptyState } from "@holdfast/ui/EmptyState.tsx";
import { Money } from "@holdfast/ui/Money.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../shell/use-me.ts";
import { useTenderName } from "../../shell/use-tender-name.ts";
import classes from "./TenderShares.module.css";

type Props = { readonly shares: Dashboard["byTender"] };

/** What came in by which tender. */
export function TenderShares({ shares }: Props): ReactNode {
  const { t } = useTranslation();
  const { merchant } = useMe();
  const tenderName = useTenderName();
  const whole = Math.max(1, ...shares.map(({ amount }) => Math.abs(amount)));
  if (shares.length === 0) return <EmptyState icon="receipt" title={t("today.empty")} />;
  return (
    <ul className={classes.shares}>
      {shares.map(({ kind, amount }) => (
        <li key={kind} className={classes.share}>
          <span className={classes.name}>{tenderName(kind)}</span>
          <Money amount={amount} currency={merchant} strong />
          <span className={classes.track} aria-hidden="true">
            <span className={classes.bar} style={{ inlineSize: `${(Math.abs(amount) / whole) * 100}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
