import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { watchCamera } from "../../devices/scanner/camera.ts";
import classes from "./Returns.module.css";

/** The camera as a scanner of QR codes, for tills that have no other. */
export function CameraScan({ onScan }: { readonly onScan: (text: string) => void }): ReactNode {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef(onScan);
  const [isDenied, setDenied] = useState(false);
  useEffect(() => {
    latest.current = onScan;
  });
  useEffect(() => {
    if (video.current === null) return undefined;
    return watchCamera(video.current, {
      onScan: (text) => latest.current(text),
      onDenied: () => setDenied(true),
    });
  }, []);
  if (isDenied) return <p className={classes.text}>{t("returns.cameraDenied")}</p>;
  return <video ref={video} className={classes.video} muted playsInline aria-label={t("returns.camera")} />;
}
