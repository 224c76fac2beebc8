import { bookHeldReplySchema } from "@holdfast/protocol/office/cases";
import { ErrorNotice } from "@holdfast/ui/ErrorNotice.tsx";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/use-api.ts";
import { useRight } from "../../shell/use-me.ts";

type Props = {
  /** In the order in which they were made. */
  readonly events: readonly string[];
  /** Their terminal was revoked: whoever presses this answers for it. */
  readonly isRevoked: boolean;
  readonly isSmall?: boolean;
};

/** Tries to book what was set aside; says what still cannot be booked, and why. */
export function BookHeld({ events, isRevoked, isSmall = false }: Props): ReactNode {
  const { t } = useTranslation();
  const api = useApi();
  const queries = useQueryClient();
  const mayBook = useRight("close-cases");
  const book = useMutation({
    mutationFn: () => api.change({ method: "POST", path: "/quarantine/book", body: { events } }, bookHeldReplySchema),
    onSuccess: () => void queries.invalidateQueries(),
  });
  if (!mayBook) return null;
  const word = isRevoked ? "approve" : "tryAgain";
  return (
    <>
      <Button
        size={isSmall ? "xs" : "sm"}
        variant={isSmall ? "default" : "filled"}
        loading={book.isPending}
        onClick={() => book.mutate()}
      >
        {events.length === 1 ? t(`book.${word}`) : t(`book.${word}All`, { count: events.length })}
      </Button>
      {book.error === null ? null : <ErrorNotice message={book.error.message} />}
      {book.data === undefined || book.data.held.length === 0 ? null : (
        <ErrorNotice
          tone="warn"
          title={t("book.still", { count: book.data.held.length })}
          message={[...new Set(book.data.held.map(({ message }) => message))].join(" · ")}
        />
      )}
    </>
  );
}
