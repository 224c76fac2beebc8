import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { terminalsQuery } from "../api/queries.ts";
import { useApi } from "../api/use-api.ts";

/** A terminal by its name, leading to how it is. */
export function TerminalName({ terminal }: { readonly terminal: string }): ReactNode {
  const { data } = useQuery(terminalsQuery(useApi()));
  const name = data?.terminals.find((each) => each.terminal === terminal)?.name;
  return <Link to="/terminals">{name ?? terminal}</Link>;
}
