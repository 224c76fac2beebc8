import type { Cart } from "@holdfast/domain/cart/cart";
import type { ReactNode } from "react";
import { CancelDialog } from "./CancelDialog.tsx";
import { CustomerDialog } from "./CustomerDialog.tsx";
import { DiscountDialog } from "./DiscountDialog.tsx";
import type { SellDialog } from "./dialog.ts";
import { NoteDialog } from "./NoteDialog.tsx";
import { PriceDialog } from "./PriceDialog.tsx";
import { ResumeDialog } from "./ResumeDialog.tsx";

export type SellDialogsProps = {
  readonly dialog: SellDialog;
  readonly cart: Cart | null;
  readonly selected: number | null;
  readonly onClose: () => void;
};

/** What lies over the cart while something about it is decided. */
export function SellDialogs({ dialog, cart, selected, onClose }: SellDialogsProps): ReactNode {
  if (dialog === "customer") return <CustomerDialog cart={cart} onClose={onClose} />;
  if (dialog === "resume") return <ResumeDialog onClose={onClose} />;
  if (cart === null) return null;
  if (dialog === "cancel") return <CancelDialog cart={cart} onClose={onClose} />;
  if (dialog === "discount") return <DiscountDialog cart={cart} selected={selected} onClose={onClose} />;
  if (selected === null) return null;
  if (dialog === "price") return <PriceDialog cart={cart} line={selected} onClose={onClose} />;
  return <NoteDialog cart={cart} line={selected} onClose={onClose} />;
}
