import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { useApi } from "../api/use-api.ts";

const RETRY_MS = 4_000;

/** Whether the server answered when it was last asked. */
export function useReachable(): boolean {
  const { reach } = useApi();
  return useSyncExternalStore(reach.subscribe, () => reach.isReachable);
}

/** While the server does not answer it is asked again and again; once it does, everything shown is read anew. */
export function useReconnecting(): void {
  const api = useApi();
  const queries = useQueryClient();
  const isReachable = useReachable();
  useEffect(() => {
    if (isReachable) return;
    const timer = setInterval(() => {
      void api.ping().then((answers) => {
        if (answers) void queries.invalidateQueries();
      });
    }, RETRY_MS);
    return () => clearInterval(timer);
  }, [api, isReachable, queries]);
}
