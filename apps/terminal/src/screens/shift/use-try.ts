import type { Result } from "@holdfast/domain/kernel/result";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { shiftEn } from "../../words/shift-en.ts";

export type ShiftRefusal = { readonly kind: Exclude<keyof typeof shiftEn.refusal, "not-stored"> };

export type Try = {
  readonly attempt: <T>(work: () => Promise<Result<T, ShiftRefusal>>, then: (value: T) => void) => Promise<void>;
  /** Why the last attempt came to nothing, in words. */
  readonly problem: string | null;
  readonly isBusy: boolean;
};

/** One act at a time, and what became of it. A second touch while the first is on its way does nothing. */
export function useTry(): Try {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const attempt: Try["attempt"] = async (work, then) => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      const decided = await work();
      if (decided.ok) then(decided.value);
      else setProblem(t(`shift.refusal.${decided.refusal.kind}`));
    } catch {
      setProblem(t("shift.refusal.not-stored"));
    }
    setBusy(false);
  };
  return { attempt, problem, isBusy };
}
