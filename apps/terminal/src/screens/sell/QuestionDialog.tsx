import type { VariantId } from "@holdfast/domain/catalog/variant";
import { decimal } from "@holdfast/domain/money/decimal";
import { Dialog } from "@holdfast/ui/Dialog.tsx";
import { Keypad } from "@holdfast/ui/Keypad.tsx";
import { useFormats } from "@holdfast/ui/use-formats";
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Question } from "../../cart/desk-state.ts";
import { EntryField } from "../../shell/EntryField.tsx";
import { createEntry } from "../../shell/entry.ts";
import { useCounter, useKeyLayer, useShop, useValue } from "../../shell/use-counter.ts";
import classes from "./Dialogs.module.css";
import { GiftCardQuestion } from "./GiftCardQuestion.tsx";
import { NumberQuestion } from "./NumberQuestion.tsx";
import { WeighButton } from "./WeighButton.tsx";

/** What the till has to know before it goes on. Scans wait behind it. */
type Asked = Exclude<Question, { readonly kind: "which" }>;

export function QuestionDialog({ question }: { readonly question: Question }): ReactNode {
  switch (question.kind) {
    case "which":
      return <Which question={question} />;
    case "how-much":
      return <HowMuch question={question} />;
    case "gift-card":
      return <GiftCardQuestion question={question} />;
    default:
      return <NumberQuestion question={question} />;
  }
}

function Which({ question }: { readonly question: Question & { readonly kind: "which" } }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { desk, terminal } = useCounter();
  const { priceOf, rules } = useShop();
  useKeyLayer("dialog", { isModal: true });
  const at = terminal.clock.instant();
  return (
    <Dialog opened onClose={() => desk.answer(null)} title={t("question.which")}>
      <p className={classes.text}>{t("question.whichText", { code: question.code })}</p>
      <ul className={classes.choices}>
        {question.hits.map((hit, index) => {
          const price = priceOf(hit.variant.variant as VariantId, at, decimal(hit.pack, 0));
          return (
            <li key={hit.variant.variant}>
              <button
                type="button"
                className={classes.choice}
                {...(index === 0 ? { "data-autofocus": true } : {})}
                onClick={() => desk.answer(hit)}
              >
                <span>
                  {hit.variant.name}
                  {hit.pack === 1 ? null : ` × ${formats.number(hit.pack)}`}
                </span>
                <span className={classes.price}>
                  {price === null ? t("sell.noPrice") : formats.price(price, rules)} · {hit.variant.sku}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

function HowMuch({ question }: { readonly question: Asked }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { desk } = useCounter();
  const [entry] = useState(createEntry);
  const isEmpty = useValue(entry.text) === "";
  const { variant } = question.hit;
  const { unit } = variant.unit;
  const answer = (): void => {
    const count = entry.decimal();
    if (count !== null) desk.answer(question.hit, { count });
  };
  useKeyLayer("dialog", {
    isModal: true,
    onTyped: (char) => void entry.type(char),
    onKey: (key) => {
      if (key === "Backspace") entry.press("erase");
      else if (key === "Enter" && entry.text.get() !== "") answer();
      else return false;
      return true;
    },
  });
  return (
    <Dialog opened onClose={() => desk.answer(null)} title={t("question.howMuch")} size="sm">
      <p className={classes.text}>{t("question.howMuchText", { name: variant.name, unit })}</p>
      <div className={classes.measure}>
        <EntryField
          entry={entry}
          label={t("question.amount", { unit })}
          hint={t("question.amount", { unit })}
          focused
        />
        <Keypad onKey={entry.press} point={formats.decimalPoint} />
        <WeighButton unit={unit} onWeight={(count) => desk.answer(question.hit, { count })} />
        <Button size="touch" fullWidth disabled={isEmpty} onClick={answer}>
          {t("question.add")}
        </Button>
      </div>
    </Dialog>
  );
}
