import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { dashboardQuery } from "../api/queries.ts";
import { useApi } from "../api/use-api.ts";
import { useRight } from "../shell/use-me.ts";
import { Completeness } from "./Completeness.tsx";

/** How complete the report below is: what has not arrived is in no figure. */
export function ReportCompleteness({ branch }: { readonly branch: string | undefined }): ReactNode {
  const mayRead = useRight("read-reports");
  const { data } = useQuery({ ...dashboardQuery(useApi(), { branch }), enabled: mayRead });
  return data === undefined ? null : <Completeness completeness={data.completeness} />;
}
