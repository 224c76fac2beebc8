/** This build, for the server and for people. */
export const BUILD: string = import.meta.env.VITE_BUILD ?? "dev";
