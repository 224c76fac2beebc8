import { dirname, join, normalize } from "node:path";
import type { Checked, Tree } from "./tree.ts";

const LINK = /\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g;

/** Every relative link of a document leads to a file, and to a heading where it names one. */
export function checkLinks(tree: Tree): Checked {
  const there = new Set(tree.files.flatMap((file) => [file, ...foldersOf(file)]));
  let looked = 0;
  const findings = tree.files
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) =>
      [...withoutCode(tree.text(file)).matchAll(LINK)].flatMap(([, link = ""]) => {
        if (/^[a-z]+:/.test(link)) return [];
        looked += 1;
        const [path = "", heading] = link.split("#");
        const target = path === "" ? file : normalize(join(dirname(file), path)).replace(/\/$/, "");
        if (!there.has(target)) return [`${file}: the link to ${link} leads nowhere`];
        const isMissing =
          heading !== undefined && target.endsWith(".md") && !headingsOf(tree.text(target)).has(heading);
        return isMissing ? [`${file}: ${target} has no heading ${heading}`] : [];
      }),
    );
  return { findings, looked };
}

function foldersOf(file: string): string[] {
  const parts = file.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?```/g, "").replace(/`[^`\n]*`/g, "");
}

/** Headings as the usual renderers name them. */
function headingsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#{1,6}\s+(.*)$/gm)].map(([, title = ""]) => title);
  return new Set(
    headings.map((title) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s-]/gu, "")
        .trim()
        .replace(/\s/g, "-"),
    ),
  );
}
