/* The parts of Web Serial and WebUSB that we use: no types of them come with TypeScript. */

interface SerialPortLike {
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Uint8Array> | null;
  open(options: {
    readonly baudRate: number;
    readonly dataBits?: 7 | 8;
    readonly parity?: "none" | "even" | "odd";
  }): Promise<void>;
  close(): Promise<void>;
}

interface UsbEndpointLike {
  readonly endpointNumber: number;
  readonly direction: "in" | "out";
  readonly type: "bulk" | "interrupt" | "isochronous";
}

interface UsbInterfaceLike {
  readonly interfaceNumber: number;
  readonly alternate: { readonly interfaceClass: number; readonly endpoints: readonly UsbEndpointLike[] };
}

interface UsbDeviceLike {
  readonly opened: boolean;
  readonly productName?: string;
  readonly configuration: { readonly interfaces: readonly UsbInterfaceLike[] } | null;
  open(): Promise<void>;
  close(): Promise<void>;
  selectConfiguration(value: number): Promise<void>;
  claimInterface(number: number): Promise<void>;
  transferOut(endpoint: number, bytes: BufferSource): Promise<{ readonly status: string }>;
  transferIn(endpoint: number, length: number): Promise<{ readonly data?: DataView; readonly status: string }>;
}

interface Navigator {
  readonly serial?: {
    getPorts(): Promise<SerialPortLike[]>;
    requestPort(): Promise<SerialPortLike>;
  };
  readonly usb?: {
    getDevices(): Promise<UsbDeviceLike[]>;
    requestDevice(options: { readonly filters: readonly { readonly classCode: number }[] }): Promise<UsbDeviceLike>;
  };
}
