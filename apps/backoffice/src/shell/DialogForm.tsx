import type { FormEvent, ReactNode } from "react";
import classes from "./DialogForm.module.css";

export type DialogFormProps = {
  readonly onSubmit: (event: FormEvent) => void;
  readonly actions: ReactNode;
  readonly children: ReactNode;
};

/** A form in a dialog: its fields, and at its end what one can do. */
export function DialogForm({ onSubmit, actions, children }: DialogFormProps): ReactNode {
  return (
    <form className={classes.form} onSubmit={onSubmit}>
      {children}
      <div className={classes.actions}>{actions}</div>
    </form>
  );
}
