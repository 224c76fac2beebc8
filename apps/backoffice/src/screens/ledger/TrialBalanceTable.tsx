import type { TrialBalance } from "@holdfast/protocol/office/ledger";
import { Money } from "@holdfast/ui/Money.tsx";
import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../shell/use-me.ts";
import classes from "./TrialBalanceTable.module.css";

type Account = TrialBalance["accounts"][number];
type Props = { readonly balance: TrialBalance; readonly branch: string | undefined };

const TYPES = ["asset", "liability", "equity", "income", "expense"] as const;

/** Accounts by type, each with its turnover and its balance on the side where it stands. */
export function TrialBalanceTable({ balance, branch }: Props): ReactNode {
  const { t } = useTranslation();
  const groups = TYPES.map((type) => ({ type, accounts: balance.accounts.filter((each) => each.type === type) }));
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <caption className="visually-hidden">{t("ledger.title")}</caption>
        <colgroup>
          <col className={classes.wide} />
          <col span={4} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t("ledger.account")}
            </th>
            <th scope="colgroup" colSpan={2} className={classes.turnover}>
              {t("ledger.turnover")}
            </th>
            <th scope="colgroup" colSpan={2}>
              {t("ledger.balance")}
            </th>
          </tr>
          <tr>
            {["turnover", "balance"].map((group) => (
              <Fragment key={group}>
                <th scope="col" className={group === "turnover" ? classes.turnover : undefined}>
                  {t("ledger.debit")}
                </th>
                <th scope="col" className={group === "turnover" ? classes.turnover : undefined}>
                  {t("ledger.credit")}
                </th>
              </Fragment>
            ))}
          </tr>
        </thead>
        {groups
          .filter(({ accounts }) => accounts.length > 0)
          .map(({ type, accounts }) => (
            <tbody key={type}>
              <tr className={classes.group}>
                <th scope="rowgroup" colSpan={5}>
                  {t(`ledger.type_${type}`)}
                </th>
              </tr>
              {accounts.map((account) => (
                <AccountRow key={account.account} account={account} to={{ branch, to: balance.day }} />
              ))}
            </tbody>
          ))}
        <tfoot>
          <SumRow balance={balance} />
        </tfoot>
      </table>
    </div>
  );
}

type AccountRowProps = {
  readonly account: Account;
  readonly to: { readonly branch: string | undefined; readonly to: string };
};

function AccountRow({ account: { account, code, name, debit, credit }, to }: AccountRowProps): ReactNode {
  const net = debit - credit;
  return (
    <tr>
      <th scope="row">
        <span className={classes.code}>{code}</span>
        <Link to="/ledger/accounts/$account" params={{ account }} search={to} data-row-link>
          {name}
        </Link>
      </th>
      <Figure amount={debit} isTurnover />
      <Figure amount={credit} isTurnover />
      <Figure amount={Math.max(net, 0)} />
      <Figure amount={Math.max(-net, 0)} />
    </tr>
  );
}

function SumRow({ balance: { accounts, debit, credit } }: Pick<Props, "balance">): ReactNode {
  const { t } = useTranslation();
  const nets = accounts.map((each) => each.debit - each.credit);
  const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + Math.max(value, 0), 0);
  return (
    <tr>
      <th scope="row">{t("ledger.sum")}</th>
      <Figure amount={debit} isTurnover />
      <Figure amount={credit} isTurnover />
      <Figure amount={sumOf(nets)} />
      <Figure amount={sumOf(nets.map((net) => -net))} />
    </tr>
  );
}

/** Nothing is left blank, so that what is there stands out. */
function Figure({ amount, isTurnover = false }: { readonly amount: number; readonly isTurnover?: boolean }): ReactNode {
  const { merchant } = useMe();
  return (
    <td className={isTurnover ? classes.turnover : undefined}>
      {amount === 0 ? null : <Money amount={amount} currency={merchant} bare />}
    </td>
  );
}
