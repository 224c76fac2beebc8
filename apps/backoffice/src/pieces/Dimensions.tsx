import { isUuid } from "@holdfast/domain/kernel/id";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { terminalsQuery } from "../api/queries.ts";
import { useApi } from "../api/use-api.ts";
import classes from "./Dimensions.module.css";

type Props = { readonly dimensions: Readonly<Record<string, string>> };

/** What a line is told apart by: a tax, a category, a till. An id without a name tells nobody anything. */
export function Dimensions({ dimensions }: Props): ReactNode {
  const { data } = useQuery(terminalsQuery(useApi()));
  const names = Object.values(dimensions).flatMap((value) =>
    isUuid(value) ? (data?.terminals.find(({ terminal }) => terminal === value)?.name ?? []) : value,
  );
  return names.length === 0 ? null : <span className={classes.dimensions}>{names.join(" · ")}</span>;
}
