import { listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import { badLine } from '../csv/refusedLine.ts';

/** The head of an ARFF file: what its columns are called, and where the rows begin. */
export interface ArffHead {
  readonly names: readonly string[];
  /** Values of the last column, where it is nominal: the classes. */
  readonly classes?: readonly string[];
  /** What stands within the one relational attribute, where the file has one; it is not among `names`. */
  readonly relational?: readonly string[];
  /** Lines up to and with `@data`. */
  readonly lines: number;
}

/**
 * Reads the head of an ARFF file (Weka, tsml).
 * @param lines the first ones, up to `@data` at least
 * @throws Refusal `arff-header`, `arff-relational`, `arff-sparse`
 */
export function arffHead(lines: readonly string[], fileName: string): ArffHead {
  const names: string[] = [];
  let classes: string[] | undefined;
  let relational: string[] | undefined;
  let isWithin = false;
  const refuse = (at: number, what: string) => badLine(fileName, at + 1, 'arff-relational', what);
  for (const [at, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('%') || /^@relation\b/i.test(line)) continue;
    if (/^@data\b/i.test(line)) {
      if (isWithin) throw refuse(at, 'the relational attribute has no @end line before @data.');
      if (relational?.length === 0) throw refuse(at, 'the relational attribute declares nothing within it.');
      if (names.length === 0 && !relational) break;
      if (relational && names.length > 1) {
        const what = `beside the relational attribute the class alone is read, not ${listed(names, 6)}.`;
        throw refuse(at, what);
      }
      refuseSparse(lines.slice(at + 1), at + 2, fileName);
      return { names, ...(classes && { classes }), ...(relational && { relational }), lines: at + 1 };
    }
    if (isWithin && /^@end\b/i.test(line)) {
      isWithin = false;
      continue;
    }
    const [name, type] = attributeIn(line) ?? [];
    if (name === undefined) {
      const what = `"${line.slice(0, 40)}" is none of @relation, @attribute NAME TYPE and @data.`;
      throw badLine(fileName, at + 1, 'arff-header', what);
    }
    if (/^relational\b/i.test(type!)) {
      if (relational || names.length > 0) {
        throw refuse(
          at,
          'one relational attribute is read, with the class behind it; this is not the first.',
        );
      }
      relational = [];
      isWithin = true;
      continue;
    }
    if (isWithin) {
      relational!.push(unquoted(name));
      continue;
    }
    names.push(unquoted(name));
    classes = /^\{.*\}$/.test(type!)
      ? type!
          .slice(1, -1)
          .split(',')
          .map((one) => unquoted(one.trim()))
      : undefined;
  }
  throw new Refusal('arff-header', `${fileName} has no @attribute and @data lines of an ARFF file.`);
}

function refuseSparse(rows: readonly string[], first: number, fileName: string): void {
  const at = rows.findIndex((row) => row.trim() !== '' && !row.startsWith('%'));
  if (at >= 0 && rows[at]!.trimStart().startsWith('{')) {
    throw badLine(fileName, first + at, 'arff-sparse', 'sparse rows are not read; save it dense.');
  }
}

/** A word without the quotes around it. */
export function unquoted(text: string): string {
  return /^(['"]).*\1$/.test(text) ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}

/** Name, which may be quoted, and type of an `@attribute` line. */
function attributeIn(line: string): [string, string] | undefined {
  const word = line.slice(0, '@attribute'.length);
  const rest = line.slice(word.length);
  const declared = rest.trimStart();
  if (word.toLowerCase() !== '@attribute' || declared === rest) return undefined;
  const end = nameEnd(declared);
  const type = declared.slice(end).trim();
  return end === 0 || type === '' ? undefined : [declared.slice(0, end), type];
}

/** Behind the closing quote, which a backslash takes back, or before the first blank. */
function nameEnd(text: string): number {
  const quote = text[0];
  if (quote !== "'" && quote !== '"') {
    const blank = text.search(/\s/);
    return blank < 0 ? text.length : blank;
  }
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at + 1;
  }
  return 0;
}
