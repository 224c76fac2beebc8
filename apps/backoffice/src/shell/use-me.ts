import { present } from "@holdfast/domain/kernel/assert";
import type { Me, OfficeBranch, OfficeRight } from "@holdfast/protocol/office/session";
import { createContext, useContext } from "react";

export const MeContext = createContext<Me | null>(null);

/** Who is signed in; screens stand behind the sign-in. */
export function useMe(): Me {
  return present(useContext(MeContext), "screens stand behind the sign-in");
}

export function useRight(right: OfficeRight): boolean {
  return useMe().rights.includes(right);
}

/** A branch by its id; undefined for one that was closed down meanwhile. */
export function useBranch(branch: string): OfficeBranch | undefined {
  return useMe().branches.find((each) => each.branch === branch);
}
