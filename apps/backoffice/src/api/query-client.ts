import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { Refused, Unreachable } from "./failure.ts";
import { ME_KEY } from "./session.ts";

const RETRIES_MAX = 2;

/** What was read is kept and shown while it is read anew; a session that ended brings the sign-in back, whoever notices it. */
export function createQueryClient(): QueryClient {
  const noteEnd = (error: unknown): void => {
    if (error instanceof Refused && error.code === "unauthorized") client.setQueryData(ME_KEY, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: noteEnd }),
    mutationCache: new MutationCache({ onError: noteEnd }),
    defaultOptions: {
      queries: {
        // The browser's own idea of being online is not to be believed.
        networkMode: "always",
        staleTime: 10_000,
        retry: (failures, error) => error instanceof Unreachable && failures < RETRIES_MAX,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
  return client;
}
