export type CameraListener = {
  readonly onScan: (text: string) => void;
  /** There is no camera, or nobody may use it. */
  readonly onDenied: () => void;
};

const LOOK_MS = 150;
/** The same code in view is one scan. */
const AGAIN_MS = 2_000;

/**
 * Looks for QR codes in what the camera sees. The decoder is our own copy of one in JavaScript: not every browser has one.
 * @returns how to stop
 */
export function watchCamera(video: HTMLVideoElement, listener: CameraListener): () => void {
  let isStopped = false;
  let stream: MediaStream | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const start = async (): Promise<void> => {
    const [{ default: decodeQR }, opened] = await Promise.all([
      import("qr/decode.js"),
      navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }),
    ]);
    stream = opened;
    if (isStopped) return stop();
    video.srcObject = opened;
    await video.play();
    let last = { text: "", atMs: 0 };
    const look = (): void => {
      const text = read(video, decodeQR);
      const now = performance.now();
      if (text !== null && (text !== last.text || now - last.atMs > AGAIN_MS)) listener.onScan(text);
      if (text !== null) last = { text, atMs: now };
      timer = setTimeout(look, LOOK_MS);
    };
    look();
  };
  const stop = (): void => {
    isStopped = true;
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
  };
  start().catch(() => {
    stop();
    listener.onDenied();
  });
  return stop;
}

type Decode = (image: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }) => string;

/** Null where there is no code in the picture. */
function read(video: HTMLVideoElement, decode: Decode): string | null {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) return null;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(video, 0, 0);
  try {
    return decode(context.getImageData(0, 0, width, height));
  } catch {
    return null;
  }
}
