import type { StaffId } from "@holdfast/domain/staff/staff";
import { useEffect, useState } from "react";
import type { Session } from "./session.ts";

const LOOK_MS = 250;

/** Whole seconds until this person may try again; counts down by itself. */
export function usePinWait(session: Session, staff: StaffId): number {
  const [seconds, setSeconds] = useState(() => secondsOf(session, staff));
  useEffect(() => {
    const timer = setInterval(() => setSeconds(secondsOf(session, staff)), LOOK_MS);
    return () => clearInterval(timer);
  }, [session, staff]);
  return seconds;
}

function secondsOf(session: Session, staff: StaffId): number {
  return Math.ceil(session.waitMs(staff) / 1_000);
}
