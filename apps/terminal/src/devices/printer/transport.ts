/** A line to a printer that takes bytes, and may answer. */
export type Transport = {
  readonly write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** The next bytes from the printer; null where it says nothing in time, or cannot speak. */
  readonly read: (timeoutMs: number) => Promise<Uint8Array | null>;
};

const USB_PRINTER_CLASS = 7;
const READ_BYTES = 64;
/** More at once overruns the buffer of cheap printers. */
const USB_BYTES_AT_ONCE = 4_096;

export function hasUsb(target: Navigator): boolean {
  return target.usb !== undefined;
}

export function hasSerial(target: Navigator): boolean {
  return target.serial !== undefined;
}

/** Asks the person for a printer, once; from then on the browser remembers it. Has to be called from a click. */
export async function allowUsbPrinter(target: Navigator): Promise<boolean> {
  const device = await target.usb
    ?.requestDevice({ filters: [{ classCode: USB_PRINTER_CLASS }] })
    .catch(() => undefined);
  return device !== undefined;
}

export async function allowSerialPort(target: Navigator): Promise<boolean> {
  return (await target.serial?.requestPort().catch(() => undefined)) !== undefined;
}

/** The USB printer that this browser may use; null where none is plugged in. */
export async function usbTransport(target: Navigator): Promise<Transport | null> {
  for (const device of (await target.usb?.getDevices()) ?? []) {
    if (!device.opened) await device.open();
    if (device.configuration === null) await device.selectConfiguration(1);
    const port = device.configuration?.interfaces.find((each) => each.alternate.interfaceClass === USB_PRINTER_CLASS);
    const out = port?.alternate.endpoints.find(({ direction, type }) => direction === "out" && type === "bulk");
    if (port === undefined || out === undefined) continue;
    await device.claimInterface(port.interfaceNumber);
    const back = port.alternate.endpoints.find(({ direction, type }) => direction === "in" && type === "bulk");
    return {
      write: async (bytes) => {
        for (let at = 0; at < bytes.length; at += USB_BYTES_AT_ONCE) {
          await device.transferOut(out.endpointNumber, bytes.slice(at, at + USB_BYTES_AT_ONCE));
        }
      },
      read: async (timeoutMs) => {
        if (back === undefined) return null;
        const read = await withTimeout(device.transferIn(back.endpointNumber, READ_BYTES), timeoutMs);
        return read?.data === undefined ? null : new Uint8Array(read.data.buffer);
      },
    };
  }
  return null;
}

export type SerialLine = {
  readonly baudRate: number;
  /** Which of the lines that were allowed, in the order in which they were. */
  readonly place?: number;
};

/** A device on a serial line that this browser may use; null where none is known. */
export async function serialTransport(
  target: Navigator,
  { baudRate, place = 0 }: SerialLine,
): Promise<Transport | null> {
  const port = (await target.serial?.getPorts())?.[place];
  if (port === undefined) return null;
  if (port.writable === null) await port.open({ baudRate });
  return {
    write: async (bytes) => {
      const writer = port.writable?.getWriter();
      if (writer === undefined) throw new Error("the serial port is closed");
      try {
        await writer.write(bytes);
      } finally {
        writer.releaseLock();
      }
    },
    read: async (timeoutMs) => {
      const reader = port.readable?.getReader();
      if (reader === undefined) return null;
      try {
        const read = await withTimeout(reader.read(), timeoutMs);
        return read?.value ?? null;
      } finally {
        reader.releaseLock();
      }
    },
  };
}

/** Null where it takes longer; what fails once nobody waits any more is nobody's failure. */
async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), timeoutMs);
  return await Promise.race([work.catch(() => null), late]).finally(() => clearTimeout(timer));
}
