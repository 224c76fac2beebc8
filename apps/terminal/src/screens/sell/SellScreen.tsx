import { type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { createEntry } from "../../shell/entry.ts";
import { lazily } from "../../shell/lazily.ts";
import { useCounter, useValue } from "../../shell/use-counter.ts";
import { Actions } from "./Actions.tsx";
import { CartZone } from "./CartZone.tsx";
import type { SellDialog } from "./dialog.ts";
import { Products } from "./Products.tsx";
import classes from "./SellScreen.module.css";

const QuestionDialog = lazily(() => import("./QuestionDialog.tsx"), "QuestionDialog");
const SellDialogs = lazily(() => import("./SellDialogs.tsx"), "SellDialogs");

/** Three zones: what there is, what is sold, what can be done. */
export function SellScreen(): ReactNode {
  const { t } = useTranslation();
  const { desk, told } = useCounter();
  const state = useValue(desk.state);
  const question = useValue(desk.question);
  const [entry] = useState(createEntry);
  const [dialog, setDialog] = useState<SellDialog | null>(null);
  if (state.kind !== "selling") return null;
  const open = (next: SellDialog): void => {
    // Whoever goes on has seen what was wrong.
    told.set(null);
    setDialog(next);
  };
  const { cart, selected } = state;
  return (
    <div className={classes.sell}>
      <h1 className="visually-hidden">{t("sell.title")}</h1>
      <Products entry={entry} />
      <CartZone cart={cart} selected={selected} onDialog={open} />
      <Actions cart={cart} selected={selected} entry={entry} onDialog={open} />
      <Suspense>
        {dialog === null ? null : (
          <SellDialogs dialog={dialog} cart={cart} selected={selected} onClose={() => setDialog(null)} />
        )}
        {question === null ? null : <QuestionDialog question={question} />}
      </Suspense>
    </div>
  );
}
