import type { Value } from "../../shell/value.ts";
import { serialTransport } from "../printer/transport.ts";
import { serialScale } from "./real.ts";
import type { Scale } from "./scale.ts";

/** Which scale this till has. `screen` is the virtual one, for trying things out. */
export type ScaleChoice = "screen" | "serial";

type Choice = { readonly scale: ScaleChoice; readonly printer: { readonly kind: string } };

const BAUD_RATE = 9_600;

/** Weighs on whatever is chosen at the moment; another choice needs no restart. */
export function chosenScale(choice: Pick<Value<Choice>, "get">, screen: Scale): Scale {
  const real = serialScale(() => {
    // A printer on a serial line was allowed first: the scale is on the next.
    const place = choice.get().printer.kind === "serial" ? 1 : 0;
    return serialTransport(navigator, { baudRate: BAUD_RATE, place });
  });
  return { weigh: () => (choice.get().scale === "screen" ? screen : real).weigh() };
}
