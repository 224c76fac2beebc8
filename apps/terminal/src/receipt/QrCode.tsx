import encodeQR from "qr";
import { type ReactNode, useMemo } from "react";
import classes from "./PaperView.module.css";

const BORDER = 2;

/** A QR code as one path: dark modules on paper, whatever the colours around it. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const { size, path } = useMemo(() => drawn(encodeQR(text, "raw", { ecc: "low", border: BORDER })), [text]);
  return (
    <svg className={classes.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} data-code={text}>
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" shapeRendering="crispEdges" />
    </svg>
  );
}

function drawn(modules: readonly (readonly boolean[])[]): { readonly size: number; readonly path: string } {
  let path = "";
  for (const [y, row] of modules.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (row[x] !== true) continue;
      let end = x + 1;
      while (row[end] === true) end += 1;
      path += `M${x} ${y}h${end - x}v1h-${end - x}z`;
      x = end;
    }
  }
  return { size: modules.length, path };
}
