import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ScreenFrame } from "../../shell/ScreenFrame.tsx";
import { useCounter, useKeyLayer, useValue } from "../../shell/use-counter.ts";
import { BlindReturn } from "./BlindReturn.tsx";
import { ChooseGoods } from "./ChooseGoods.tsx";
import { FindReceipt } from "./FindReceipt.tsx";

/** Goods that come back: first the receipt, then what of it, then into the cart. */
export function ReturnsScreen(): ReactNode {
  const { t } = useTranslation();
  const { returns } = useCounter();
  const state = useValue(returns.state);
  const refusal = useValue(returns.refusal);
  useEffect(() => () => returns.reset(), [returns]);
  const scan = (text: string): void => {
    void returns.scan(text);
  };
  useKeyLayer("screen", {
    onScan: (text) => {
      scan(text);
      return true;
    },
  });
  return (
    <ScreenFrame title={t("screen.returns")}>
      {state.kind === "finding" ? (
        <FindReceipt symbols={state.symbols} refusal={refusal} onRefusal={returns.refusal.set} onScan={scan} />
      ) : null}
      {state.kind === "choosing" ? <ChooseGoods key={state.original.sale.sale} original={state.original} /> : null}
      {state.kind === "blind" ? <BlindReturn number={state.number} /> : null}
    </ScreenFrame>
  );
}
