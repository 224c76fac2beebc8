import { createContext, useContext } from "react";
import { createFormats, type Formats } from "./format.ts";

export const FormatsContext = createContext<Formats>(createFormats({ locale: "en", timeZone: "UTC" }));

/** The formats of the place this app runs in. */
export function useFormats(): Formats {
  return useContext(FormatsContext);
}
