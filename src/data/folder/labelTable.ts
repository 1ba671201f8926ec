import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { count, listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import { sniffDialect } from '../csv/dialect.ts';
import { namedFor } from '../csv/nameWords.ts';
import { shorten } from '../csv/shorten.ts';
import { CsvTokenizer } from '../csv/tokenizer.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { FolderFiles, FoundFile } from './findFiles.ts';

/** A table among the files of a folder that gives the class of each. */
interface LabelTable {
  readonly file: FoundFile;
  /** By the name of the file below the folder. */
  readonly labels: ReadonlyMap<string, string>;
  /** As sentences call it: `column label of labels.csv`. */
  readonly place: string;
}

const usualName =
  /^(labels?|targets?|class(es)?|annotations?|meta(data)?|info|index|reference|answers?|ground[_ -]?truth|y)\.(csv|tsv|txt)$/i;
const saysClasses = /^(labels?|targets?|class(es)?|annotations?|ground[_ -]?truth|y)\./i;
const LARGEST = 4 << 20;

/** Whether a file has the name of one. */
export function isLabelTable({ name }: FoundFile): boolean {
  return usualName.test(basename(name));
}

/**
 * The table whose rows name the other files, told by its name and by what it holds.
 * @throws Refusal `label-table` where it leaves out a file or names one twice, or has no one column that could be the class
 */
export async function labelTable(
  { files, tables }: Pick<FolderFiles, 'files' | 'tables'>,
  { label, labelFrom }: Pick<DataOptions, 'label' | 'labelFrom'>,
): Promise<LabelTable | undefined> {
  const isUnused = label === null || labelFrom !== undefined;
  const few = tables.length > 0 ? 2 : 3;
  for (const file of [...tables, ...files]) {
    if (!isLabelTable(file) || file.size > LARGEST || files.length < few) continue;
    const others = files.filter((other) => other !== file).map(({ name }) => name);
    const all = rowsOf(await readFile(file.path, 'utf8'), file.name);
    if (!isUnused) refuseNameless(file.name, all, others.length);
    const rows = all.filter((cells) => cells.length > 1);
    const [first = []] = rows;
    const key = first.findIndex(
      (_, column) => rows.filter((row) => names(row[column], others)).length * 2 > rows.length,
    );
    if (key < 0) {
      const sentence = ofOtherNames(file.name, rows, others.length);
      if (sentence === undefined) continue;
      if (isUnused) return { file, labels: new Map(), place: file.name };
      throw new Refusal('label-table', sentence);
    }
    const isHeader = !names(first[key], others);
    // It is none of the series, whatever it says.
    if (isUnused) return { file, labels: new Map(), place: file.name };
    const column = labelColumn(file.name, isHeader ? first : [], first.length, key);
    const body = rows.slice(isHeader ? 1 : 0);
    const labels = new Map<string, string>();
    for (const row of body) {
      const name = others.find((other) => isNamed(other, row[key]!.trim()));
      if (name === undefined) continue;
      const told = row[column]?.trim() ?? '';
      const before = labels.get(name);
      if (before !== undefined && before !== told) {
        throw new Refusal(
          'label-table',
          `${file.name} names ${name} twice, with the classes ${shorten(before)} and ${shorten(told)}; leave one row of each file, or set "label" to null under "data" in attribution.json.`,
        );
      }
      labels.set(name, told);
    }
    const missing = others.filter((other) => !labels.get(other));
    if (missing.length > 0) {
      throw new Refusal(
        'label-table',
        `${file.name} gives the class of ${count(labels.size, 'file')}, but none of ${listed(missing, 4)}; add them, or set "label" to null under "data" in attribution.json.`,
      );
    }
    const place = isHeader ? `column ${first[column]} of ${file.name}` : file.name;
    return { file, labels, place };
  }
  return undefined;
}

function rowsOf(text: string, fileName: string): string[][] {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const tokenizer = new CsvTokenizer(fileName, sniffDialect(plain, undefined), 1);
  return [...tokenizer.push(plain), ...tokenizer.end()]
    .map(({ cells }) => [...cells])
    .filter((cells) => cells.length > 1 || cells[0]!.trim() !== '');
}

/** As many labels as there are files, one below the other: which belongs to which is not said. */
function refuseNameless(fileName: string, rows: readonly (readonly string[])[], files: number): void {
  if (!rows.every((cells) => cells.length === 1) || (rows.length !== files && rows.length !== files + 1))
    return;
  throw new Refusal(
    'label-table',
    `${fileName} has as many lines as there are other files, but does not say which class belongs to which file; write the names of the files before them, or leave it out with a pattern.`,
  );
}

/** A class for each of as many files, under names that are none of theirs. */
function ofOtherNames(
  fileName: string,
  rows: readonly (readonly string[])[],
  files: number,
): string | undefined {
  const [header = [], first] = rows;
  const [column] = namedFor('label', header);
  if (!saysClasses.test(basename(fileName)) || column === undefined || rows.length !== files + 1)
    return undefined;
  const other = header.findIndex((_, at) => at !== column);
  return `${fileName} has a class for each of as many files as there are, but its column ${shorten(header[other] ?? '')} (${shorten(first?.[other] ?? '')}, …) holds none of their names; write the names of the files there, or set "label" to null under "data" in attribution.json.`;
}

function names(cell: string | undefined, others: readonly string[]): boolean {
  const word = cell?.trim() ?? '';
  return word !== '' && others.some((other) => isNamed(other, word));
}

/** `r1.csv`, `r1` and `data/r1.csv` name the file r1.csv. */
function isNamed(file: string, word: string): boolean {
  const [path, said] = [file, word.replaceAll('\\', '/')];
  const stem = (name: string) => name.slice(name.lastIndexOf('/') + 1).replace(/(\.\w{1,8}){1,2}$/, '');
  return (
    said === path ||
    path.endsWith(`/${said}`) ||
    said.endsWith(`/${path}`) ||
    (!said.includes('/') && stem(said) === stem(path))
  );
}

function labelColumn(fileName: string, header: readonly string[], width: number, key: number): number {
  const byName = namedFor('label', header).find((column) => column !== key);
  if (byName !== undefined) return byName;
  if (width === 2) return 1 - key;
  throw new Refusal(
    'label-table',
    `${fileName} names the other files, but which of its columns (${listed(header.length > 0 ? header : [`${width} without names`], 8)}) is the class is not plain; call it "label", or leave the file out with a pattern.`,
  );
}
