import type { Value } from "../../shell/value.ts";
import type { PrinterModel } from "./encode.ts";
import type { Printer } from "./printer.ts";
import { realPrinter } from "./real.ts";
import { serialTransport, usbTransport } from "./transport.ts";

/** Which printer this till has. `screen` is the virtual one, for trying things out. */
export type PrinterChoice = PrinterModel & { readonly kind: "screen" | "usb" | "serial" | "browser" };

const BAUD_RATE = 9_600;

/** Prints on whatever is chosen at the moment; another choice needs no restart. */
export function chosenPrinter(
  choice: Pick<Value<{ readonly printer: PrinterChoice }>, "get">,
  { screen, browser }: { readonly screen: Printer; readonly browser: Printer },
): Printer {
  let made: { readonly by: PrinterChoice; readonly printer: Printer } | null = null;
  const current = (): Printer => {
    const { printer: by } = choice.get();
    if (by.kind === "screen") return screen;
    if (by.kind === "browser") return browser;
    if (made?.by === by) return made.printer;
    const connect = () =>
      by.kind === "usb" ? usbTransport(navigator) : serialTransport(navigator, { baudRate: BAUD_RATE });
    made = { by, printer: realPrinter({ connect, model: { language: by.language, columns: by.columns } }) };
    return made.printer;
  };
  return { print: (paper) => current().print(paper), openDrawer: () => current().openDrawer() };
}
