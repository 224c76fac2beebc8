import { Icon } from "@holdfast/ui/Icon.tsx";
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./StorageWarning.module.css";
import { useCounter, useValue } from "./use-counter.ts";

/**
 * Before anybody sells here: this browser did not promise to keep what is stored. It does not stop the shop, since what was
 * sold is safe as soon as it is sent; it stands at every log-in for as long as it is true.
 */
export function StorageWarning(): ReactNode {
  const { t } = useTranslation();
  const { terminal } = useCounter();
  const isPersisted = useValue(terminal.isPersisted);
  const [answer, setAnswer] = useState<"none" | "asking" | "denied">("none");
  if (isPersisted) return null;
  const ask = async (): Promise<void> => {
    setAnswer("asking");
    const isGranted = await navigator.storage.persist();
    setAnswer("denied");
    terminal.isPersisted.set(isGranted);
    // The back office worries about this device until it hears.
    terminal.loop.wake();
  };
  return (
    <div className={classes.warning} role="status" data-testid="storage-warning">
      <Icon name="alert" size={22} />
      <p className={classes.text}>
        <strong>{t("storage.notKept")}</strong> {t(answer === "denied" ? "storage.denied" : "storage.notKeptText")}
      </p>
      <Button size="touch" variant="default" loading={answer === "asking"} onClick={() => void ask()}>
        {t("storage.ask")}
      </Button>
    </div>
  );
}
