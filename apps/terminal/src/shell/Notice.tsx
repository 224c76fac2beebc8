import { Icon } from "@holdfast/ui/Icon.tsx";
import { Logo } from "@holdfast/ui/Logo.tsx";
import { Button, Loader } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Gate.module.css";
import { Gate } from "./Gate.tsx";

/** What shows while nothing else can. */
export function Notice({ kind }: { readonly kind: "starting" | "fault" }): ReactNode {
  const { t } = useTranslation();
  if (kind === "starting") {
    return (
      <main className={classes.wait}>
        <Logo size={44} markOnly />
        <Loader size="sm" aria-label={t("app.starting")} />
      </main>
    );
  }
  return (
    <Gate title={t("app.fault")} icon={<Icon name="alert" size={28} />}>
      <p className={classes.text}>{t("app.faultText")}</p>
      <Button size="touch" fullWidth onClick={() => location.reload()}>
        {t("app.reload")}
      </Button>
    </Gate>
  );
}
