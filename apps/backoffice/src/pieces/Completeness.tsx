import type { Dashboard } from "@holdfast/protocol/office/dashboard";
import { Icon } from "@holdfast/ui/Icon.tsx";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Completeness.module.css";
import { darknessByBranch } from "./darkness.ts";
import { useDarknessText } from "./use-darkness-text.ts";

type Props = { readonly completeness: Dashboard["completeness"] };

/** Whether the figures below are whole, and if not, what is missing. Never green while something is. */
export function Completeness({ completeness }: Props): ReactNode {
  const { t } = useTranslation();
  const { silent, missing, quarantined, openCases } = completeness;
  const darknessText = useDarknessText();
  const isWhole = silent.length + missing.length === 0 && quarantined === 0;
  return (
    <div className={classes.line} data-whole={isWhole || undefined} role="status">
      <Icon name={isWhole ? "check" : "clock"} size={18} />
      <div className={classes.words}>
        <p className={classes.title}>{isWhole ? t("today.whole") : t("today.partly")}</p>
        {isWhole ? null : (
          <ul className={classes.reasons}>
            {darknessByBranch(silent).map((darkness) => (
              <li key={darkness.branch}>
                <Link to="/terminals">{darknessText(darkness)}</Link>
              </li>
            ))}
            {missing.map(({ terminal, name, count }) => (
              <li key={terminal}>
                <Link to="/terminals" className={classes.missing}>
                  {t("today.missing", { name, count })}
                </Link>
              </li>
            ))}
            {quarantined === 0 ? null : (
              <li>
                <Link to="/inbox" search={{ show: "quarantine" }}>
                  {t("today.quarantined", { count: quarantined })}
                </Link>
              </li>
            )}
          </ul>
        )}
      </div>
      {openCases === 0 ? null : (
        <Link to="/inbox" className={classes.cases}>
          {t("today.openCases", { count: openCases })}
        </Link>
      )}
    </div>
  );
}
