import type { Cart } from "@holdfast/domain/cart/cart";
import type { Entry } from "../../shell/entry.ts";
import { useCounter, useKeyLayer } from "../../shell/use-counter.ts";
import type { OpenDialog } from "./dialog.ts";

export type SellKeysOptions = {
  readonly cart: Cart | null;
  readonly selected: number | null;
  readonly entry: Entry;
  readonly onDialog: OpenDialog;
};

export type SellActs = Readonly<Record<"quantity" | "discount" | "customer" | "suspend" | "pay", () => void>>;

/** What the keys of the sell screen do, whether they are touched or struck. */
export function useSellKeys({ cart, selected, entry, onDialog }: SellKeysOptions): SellActs {
  const { desk, checkout, acts, suspended, shop, told } = useCounter();
  const hasLines = cart !== null && cart.lines.length > 0;
  const sellActs: SellActs = {
    quantity: () => {
      const count = entry.decimal();
      entry.empty();
      if (count !== null) desk.setQuantity(count);
    },
    discount: () => {
      if (hasLines) onDialog("discount");
    },
    customer: () => onDialog("customer"),
    suspend: () => {
      if (hasLines) suspended.suspend();
      else if (suspended.list.get().length > 0) onDialog("resume");
    },
    pay: () => {
      told.set(null);
      checkout.pay();
    },
  };
  useKeyLayer("screen", {
    actions: {
      ...sellActs,
      void: () => {
        if (selected !== null) void acts.voidLine(selected);
      },
      more: () => desk.stepQuantity(1),
      less: () => desk.stepQuantity(-1),
      back: () => entry.empty(),
    },
    onScan: (text) => {
      const typed = entry.text.get();
      if (typed === "") return null;
      // The first keys of a scanner that stuttered were taken for typed ones; else they say how many.
      const isStutter = shop().catalogue.byCode(typed + text).length > 0;
      const count = entry.decimal();
      entry.empty();
      if (isStutter) desk.scan(typed + text);
      else desk.scan(text, count);
      return true;
    },
    onKey: (key) => {
      if (key === "Backspace") entry.press("erase");
      else if (key === "ArrowDown") desk.moveSelection(1);
      else if (key === "ArrowUp") desk.moveSelection(-1);
      else if (entry.text.get() === "") return false;
      else {
        desk.scan(entry.text.get());
        entry.empty();
      }
      return true;
    },
  });
  return sellActs;
}
