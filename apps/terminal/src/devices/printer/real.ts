import { encodeDrawerPulse, encodePaper, type PrinterModel } from "./encode.ts";
import { type Printer, PrinterFailure } from "./printer.ts";
import type { Transport } from "./transport.ts";

/** ESC/POS real-time status: is there paper? */
const ASK_PAPER = Uint8Array.of(0x10, 0x04, 0x04);
const PAPER_END = 0x60;
const STATUS_TIMEOUT_MS = 500;

export type RealPrinterOptions = {
  /** Null where it is not plugged in. */
  readonly connect: () => Promise<Transport | null>;
  readonly model: PrinterModel;
};

/**
 * A receipt printer on a cable. Where it can tell, it is asked for paper before and after: a print that ran out in the middle
 * counts as none, and the whole receipt comes out again.
 */
export function realPrinter({ connect, model }: RealPrinterOptions): Printer {
  let line: Transport | null = null;
  const send = async (bytes: Uint8Array<ArrayBuffer>): Promise<Transport> => {
    try {
      line ??= await connect();
      if (line === null) throw new PrinterFailure("unplugged");
      await line.write(bytes);
      return line;
    } catch (error) {
      // Plugged in again, it is another connection.
      line = null;
      throw error instanceof PrinterFailure ? error : new PrinterFailure("unplugged", error);
    }
  };
  const checkPaper = async (): Promise<void> => {
    if (model.language !== "esc-pos") return;
    const status = await (await send(ASK_PAPER)).read(STATUS_TIMEOUT_MS);
    if (status !== null && ((status.at(-1) ?? 0) & PAPER_END) !== 0) throw new PrinterFailure("out-of-paper");
  };
  return {
    print: async (paper) => {
      const bytes = await encodePaper(paper, model);
      await checkPaper();
      await send(bytes);
      await checkPaper();
    },
    openDrawer: async () => {
      await send(await encodeDrawerPulse(model));
    },
  };
}
