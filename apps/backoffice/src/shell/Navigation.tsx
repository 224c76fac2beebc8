import type { OfficeRight } from "@holdfast/protocol/office/session";
import { Icon } from "@holdfast/ui/Icon.tsx";
import type { IconName } from "@holdfast/ui/icon-paths";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { dashboardQuery } from "../api/queries.ts";
import { useApi } from "../api/use-api.ts";
import classes from "./Navigation.module.css";
import { useMe } from "./use-me.ts";

const PLACES = [
  { to: "/", icon: "chart", word: "today", right: "read-reports" },
  { to: "/sales", icon: "receipt", word: "sales", right: "read-sales" },
  { to: "/shifts", icon: "clock", word: "shifts", right: "read-sales" },
  { to: "/products", icon: "box", word: "products", right: "read-catalog" },
  { to: "/terminals", icon: "device", word: "terminals", right: "read-terminals" },
  { to: "/staff", icon: "user", word: "staff", right: "read-staff" },
  { to: "/ledger", icon: "ledger", word: "ledger", right: "read-ledger" },
  { to: "/inbox", icon: "inbox", word: "inbox", right: "read-cases" },
] as const satisfies readonly { to: string; icon: IconName; word: string; right: OfficeRight }[];

/** Where a person may go; what is not part of their role is not shown. */
export function Navigation({ onGo }: { readonly onGo?: () => void }): ReactNode {
  const { t } = useTranslation();
  const { rights } = useMe();
  return (
    <nav aria-label={t("app.navigation")}>
      <ul className={classes.list}>
        {PLACES.filter(({ right }) => rights.includes(right)).map(({ to, icon, word }) => (
          <li key={to}>
            <Link
              to={to}
              className={classes.place}
              activeOptions={{ exact: to === "/", includeSearch: false }}
              {...(onGo === undefined ? {} : { onClick: onGo })}
            >
              <Icon name={icon} />
              <span className={classes.word}>{t(`nav.${word}`)}</span>
              {word === "inbox" ? <OpenCases /> : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function OpenCases(): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery(dashboardQuery(useApi(), {}));
  const count = data?.completeness.openCases ?? 0;
  if (count === 0) return null;
  return (
    <span className={classes.count}>
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{t("nav.openCases", { count })}</span>
    </span>
  );
}
