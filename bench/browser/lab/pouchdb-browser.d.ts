/** What the bench needs of it: its published types redefine Node's `Buffer` for everybody else. */
declare module "pouchdb-browser" {
  // biome-ignore lint/style/noDefaultExport: so it is published
  export default class PouchDB<Content extends object> {
    constructor(name: string);
    info(): Promise<{ readonly doc_count: number }>;
    destroy(): Promise<void>;
    bulkDocs(documents: readonly (Content & { readonly _id: string })[]): Promise<unknown>;
    get(id: string): Promise<Content>;
  }
}
