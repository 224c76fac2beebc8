import { useEffect, useState } from "react";
import type { Paper } from "./paper.ts";

/** A paper that is being made; null until it is. @param make has to stay the same as long as the paper does */
export function usePaper<P extends Paper>(make: () => Promise<P>): P | null {
  const [made, setMade] = useState<{ readonly by: () => Promise<P>; readonly paper: P } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void make().then((paper) => {
      if (isCurrent) setMade({ by: make, paper });
    });
    return () => {
      isCurrent = false;
    };
  }, [make]);
  return made?.by === make ? made.paper : null;
}
