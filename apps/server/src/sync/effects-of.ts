import type { TerminalEvent } from "@holdfast/protocol/events/event";
import { customerSavedEffects } from "../party/customer-effects.ts";
import { saleEffects } from "../sale/sale-effects.ts";
import { goodsReceivedEffects, stockCountedEffects } from "../stock/stock-effects.ts";
import { allotmentReturnedEffects } from "../tender/allotment-effects.ts";
import { cardAnswerEffects } from "../tender/card-answer-effects.ts";
import {
  accountPaidEffects,
  cashCountedEffects,
  cashMovedEffects,
  drawerOpenedEffects,
  shiftClosedEffects,
  shiftOpenedEffects,
} from "../till/shift-effects.ts";
import { traceEffects } from "../till/trace-effects.ts";
import type { EventContext, EventEffects, Quarantine } from "./event-effects.ts";

/** What an event does. Total: a fact is never refused, and what makes no balanced entry is set aside whole. */
export function effectsOf(event: TerminalEvent, context: EventContext): EventEffects | Quarantine | null {
  switch (event.type) {
    case "stream-opened":
      return null;
    case "sale-completed":
      return saleEffects(event.body, context);
    case "shift-opened":
      return shiftOpenedEffects(event.body, context);
    case "cash-moved":
      return cashMovedEffects(event.body, context);
    case "drawer-opened":
      return drawerOpenedEffects(event.body, context);
    case "account-paid":
      return accountPaidEffects(event.body, context);
    case "cash-counted":
      return cashCountedEffects(event.body, context);
    case "shift-closed":
      return shiftClosedEffects(event.body, context);
    case "card-payment-decided":
      return cardAnswerEffects(event.body, context);
    case "customer-saved":
      return customerSavedEffects(event.body, context);
    case "stock-counted":
      return stockCountedEffects(event.body, context);
    case "goods-received":
      return goodsReceivedEffects(event.body, context);
    case "allotment-returned":
      return allotmentReturnedEffects(event.body, context);
    default:
      return traceEffects(event, context);
  }
}
