import { type Me, meSchema, type SignInRequest } from "@holdfast/protocol/office/session";
import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import type { Api } from "./api.ts";
import { Refused } from "./failure.ts";

export const ME_KEY = ["me"] as const;

/** Who is signed in; null for nobody. */
export const meQuery = (api: Api) =>
  queryOptions({
    queryKey: ME_KEY,
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }): Promise<Me | null> => {
      try {
        return await api.get("/session", meSchema, { signal });
      } catch (error) {
        if (error instanceof Refused && error.code === "unauthorized") return null;
        throw error;
      }
    },
  });

export async function signIn(api: Api, request: SignInRequest): Promise<Me> {
  return await api.change({ method: "POST", path: "/session", body: request }, meSchema);
}

export async function signOut(api: Api): Promise<void> {
  await api.change({ method: "DELETE", path: "/session" }, z.null());
}
