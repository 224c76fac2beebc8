import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Boot, BootState } from "./boot.ts";
import classes from "./Gate.module.css";
import { Gate } from "./Gate.tsx";

export type EnrolProps = { readonly boot: Boot; readonly state: BootState & { readonly kind: "enrolling" } };

/** Makes this browser a terminal, with the code that the back office shows. */
export function Enrol({ boot, state: { code, busy, problem } }: EnrolProps): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(code);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() !== "") void boot.enrol(typed.trim());
  };
  return (
    <Gate title={t("enrol.title")}>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.text}>{t("enrol.text")}</p>
        {problem === null ? null : (
          <ErrorNotice
            title={problem.kind === "refused" ? t("enrol.refused") : t("enrol.unreachable")}
            tone={problem.kind === "refused" ? "danger" : "offline"}
            message={problem.kind === "refused" ? problem.message : t("enrol.unreachableText")}
          />
        )}
        <TextInput
          label={t("enrol.code")}
          size="touch"
          classNames={{ input: classes.code ?? "" }}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" size="touch" fullWidth loading={busy} disabled={typed.trim() === ""}>
          {t("enrol.submit")}
        </Button>
      </form>
    </Gate>
  );
}
