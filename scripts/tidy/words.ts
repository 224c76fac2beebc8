import ts from "typescript";
import { tableRows } from "./table.ts";
import { type Checked, isTest, isTypeScript, type Tree } from "./tree.ts";

const GLOSSARY = "docs/glossary.md";
const EXCEPTIONS = "scripts/tidy/word-exceptions.json";

type Exception = { readonly file: string; readonly identifier: string; readonly reason: string };
type Name = { readonly identifier: string; readonly file: string };

/** Identifiers of domain, protocol and SQL use the glossary's words: none of those in code type in its "Don't say" column. */
export function checkWords(tree: Tree): Checked {
  const banned = bannedWords(tree.text(GLOSSARY));
  const exceptions = JSON.parse(tree.text(EXCEPTIONS)) as readonly Exception[];
  const excepted = new Set(exceptions.map(placeOf));
  const offences = namesIn(tree).flatMap((name) => {
    const words = wordsOf(name.identifier);
    return banned.filter((phrase) => contains(words, phrase.words)).map((phrase) => ({ ...name, ...phrase }));
  });
  const findings = offences
    .filter((offence) => !excepted.has(placeOf(offence)))
    .map(
      ({ file, identifier, text, instead }) => `${file}: ${identifier} says "${text}"; the glossary says ${instead}`,
    );
  const offending = new Set(offences.map(placeOf));
  const needless = exceptions
    .filter((exception) => !offending.has(placeOf(exception)) || exception.reason === "")
    .map((exception) => `${EXCEPTIONS}: ${placeOf(exception)} needs no exception, or has no reason`);
  return { findings: [...new Set([...findings, ...needless])], looked: banned.length };
}

function placeOf({ file, identifier }: Name): string {
  return `${file}: ${identifier}`;
}

type Phrase = { readonly text: string; readonly words: readonly string[]; readonly instead: string };

function bannedWords(glossary: string): Phrase[] {
  return tableRows(glossary).flatMap((row) =>
    [...(row["Don't say"] ?? "").matchAll(/`([^`]+)`/g)].map(([, text = ""]) => ({
      text,
      words: text.toLowerCase().split(/[\s-]+/),
      instead: row.Term ?? "",
    })),
  );
}

function contains(words: readonly string[], phrase: readonly string[]): boolean {
  return words.some((_, start) => phrase.every((word, index) => isForm(words[start + index], word)));
}

function isForm(word: string | undefined, of: string): boolean {
  return word === of || word === `${of}s`;
}

function wordsOf(identifier: string): string[] {
  return identifier
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

function namesIn(tree: Tree): Name[] {
  const sources = tree.files.filter((file) => isTypeScript(file) && !isTest(file));
  const ours = sources.filter((file) => /^packages\/(domain|protocol)\/src\//.test(file));
  const migrations = sources.filter((file) => file.startsWith("apps/server/src/db/migrations/"));
  return [
    ...ours.map((file) => ({ identifier: file.replace(/^packages\/\w+\/src\/|\.tsx?$/g, ""), file })),
    ...ours.flatMap((file) => declaredNames(file, tree.text(file)).map((identifier) => ({ identifier, file }))),
    ...migrations.flatMap((file) => sqlNames(tree.text(file)).map((identifier) => ({ identifier, file }))),
  ];
}

/** Names that a file gives, not those that it uses: others may call their things what they like. */
function declaredNames(file: string, text: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isGivenHere(node)) names.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return names;
}

function isGivenHere(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent) || ts.isShorthandPropertyAssignment(parent)) return false;
  return "name" in parent && parent.name === name && !ts.isImportSpecifier(parent);
}

const SQL_OBJECT =
  /\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:UNIQUE\s+)?(?:TABLE|VIEW|INDEX|FUNCTION|TYPE)\s+(?:IF\s+NOT\s+EXISTS\s+)?([a-z_][a-z0-9_]*)/gi;
const SQL_COLUMN =
  /^\s*(?:ADD\s+COLUMN\s+)?([a-z_][a-z0-9_]*)\s+(?:uuid|text|bigint|integer|smallint|boolean|jsonb|bytea|date|timestamptz|numeric|char)\b/gim;

function sqlNames(text: string): string[] {
  return [...text.matchAll(SQL_OBJECT), ...text.matchAll(SQL_COLUMN)].map(([, name = ""]) => name);
}
