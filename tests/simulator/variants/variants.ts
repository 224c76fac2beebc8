import { DISK_VARIANTS } from "./disk-variants.ts";
import { SERVER_VARIANTS } from "./server-variants.ts";
import { UPLOAD_VARIANTS } from "./upload-variants.ts";
import type { Variant } from "./variant.ts";

/** Every wrong way that the simulator has to see. */
export const VARIANTS: Readonly<Record<string, Variant>> = { ...UPLOAD_VARIANTS, ...DISK_VARIANTS, ...SERVER_VARIANTS };
