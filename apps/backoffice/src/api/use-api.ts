import { present } from "@holdfast/domain/kernel/assert";
import { createContext, useContext } from "react";
import type { Api } from "./api.ts";

export const ApiContext = createContext<Api | null>(null);

export function useApi(): Api {
  return present(useContext(ApiContext), "screens stand inside ApiContext");
}
