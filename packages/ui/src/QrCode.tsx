import encodeQr from "qr";
import { type ReactNode, useMemo } from "react";
import classes from "./QrCode.module.css";

export type QrCodeProps = {
  readonly text: string;
  /** What a camera would find in it: `Address of the terminal`. */
  readonly label: string;
  /** Pixels, 168 if not said. */
  readonly size?: number;
};

/** A text for a camera. It stays dark on light in any scheme: many readers know no other. */
export function QrCode({ text, label, size = 168 }: QrCodeProps): ReactNode {
  const { squares, cells } = useMemo(() => {
    const rows = encodeQr(text, "raw", { ecc: "medium", border: 3 });
    return { squares: rows.flatMap(darkRuns).join(""), cells: rows.length };
  }, [text]);
  return (
    <svg
      className={classes.code}
      width={size}
      height={size}
      viewBox={`0 0 ${cells} ${cells}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={squares} />
    </svg>
  );
}

/** Neighbouring dark squares of a row as one bar: seams between single squares would show. */
function darkRuns(row: readonly boolean[], y: number): string[] {
  const runs: string[] = [];
  for (let x = 0; x < row.length; x += 1) {
    if (row[x] !== true) continue;
    const start = x;
    while (row[x + 1] === true) x += 1;
    runs.push(`M${start} ${y}h${x - start + 1}v1h${start - x - 1}z`);
  }
  return runs;
}
