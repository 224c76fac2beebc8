import { type ImportNews, type ImportReport, importNewsSchema } from "@holdfast/protocol/office/import";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Query } from "../../api/api.ts";
import { useApi } from "../../api/use-api.ts";

type Stage = (ImportNews & { kind: "progress" })["stage"];

export type ImportState =
  | { readonly kind: "choosing" }
  | { readonly kind: "running"; readonly stage: Stage; readonly done: number }
  | { readonly kind: "told"; readonly report: ImportReport }
  /** Null where the line broke: nobody said how it ended. */
  | { readonly kind: "failed"; readonly message: string | null };

export type ImportAct = {
  readonly state: ImportState;
  readonly run: (file: Blob, query: Query) => Promise<void>;
  readonly reset: () => void;
};

/** Sends a file of products and follows what becomes of it. */
export function useImport(): ImportAct {
  const api = useApi();
  const queries = useQueryClient();
  const [state, setState] = useState<ImportState>({ kind: "choosing" });
  const run = async (file: Blob, query: Query): Promise<void> => {
    setState({ kind: "running", stage: "reading", done: 0 });
    let end: ImportState = { kind: "failed", message: null };
    try {
      for await (const news of api.upload({ path: "/products/import", query, file }, importNewsSchema)) {
        if (news.kind === "progress") setState({ ...news, kind: "running" });
        else if (news.kind === "report") end = { kind: "told", report: news.report };
        else end = { kind: "failed", message: news.error.message };
      }
    } catch (error) {
      end = { kind: "failed", message: error instanceof Error && error.name === "Refused" ? error.message : null };
    }
    setState(end);
    if (end.kind !== "told" || !end.report.applied) return;
    await queries.invalidateQueries({ queryKey: ["/products"] });
    await queries.invalidateQueries({ queryKey: ["/catalog"] });
  };
  return { state, run, reset: () => setState({ kind: "choosing" }) };
}
