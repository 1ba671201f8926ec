import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import type { ByteSource } from '../byteSource.ts';
import { readCsv } from '../csv/readCsv.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset, Instance } from '../dataset.ts';
import { LazyInstance } from '../lazyInstance.ts';
import { type ArffHead, arffHead, unquoted } from './arffTable.ts';
import { readRelational } from './relational.ts';

const longestHead = 4 << 20;

/**
 * Reads an ARFF file as the table it is: its head names the columns, and lines keep their numbers.
 * A relational one, as the UEA archive has its sets, holds a series in one cell.
 * @throws Refusal as readCsv or readTs does, `arff-header`, `arff-relational`, `arff-sparse`
 */
export async function readArff(
  source: ByteSource,
  options: DataOptions,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<Dataset> {
  const start = await headOf(source);
  if (start.relational) return readRelational(source, start, options, report, signal);
  let head: ArffHead | undefined;
  const table: ByteSource = {
    ...source,
    chunks: () =>
      asTable(source, (found) => {
        head = found;
      }),
  };
  const declared = start.classes && start.names.at(-1);
  const named = {
    ...({ delimiter: ',', header: true, decimal: '.' } as const),
    ...(declared !== undefined && { declaredLabel: declared }),
    ...options,
  };
  const dataset = await readCsv(table, named, report, signal);
  const instances = dataset.instances.map(withPlainLabel);
  return head?.classes && instances.some(({ label }) => label !== undefined)
    ? { ...dataset, instances, classes: head.classes }
    : { ...dataset, instances };
}

/** Words with blanks stand in quotes, as the head has them. */
function withPlainLabel(instance: Instance): Instance {
  const { id, index, label, length, line, mask } = instance;
  // Weka's sign for what is not known.
  const bare = label === undefined || label.trim() === '?' ? undefined : unquoted(label);
  return bare === label
    ? instance
    : new LazyInstance({ id, index, label: bare, length, line, mask }, () => instance.values);
}

/** Blank lines stand for the head but its last one, which becomes the names. */
async function* asTable(source: ByteSource, found: (head: ArffHead) => void): AsyncGenerator<Uint8Array> {
  let start: Uint8Array | null = new Uint8Array(0);
  for await (const chunk of source.chunks()) {
    if (start === null) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    const text = new TextDecoder().decode(start);
    if (!isWhole(text, start.length, source)) continue;
    yield tableStart(text, source.name, found);
    start = null;
  }
  if (start !== null) yield tableStart(new TextDecoder().decode(start), source.name, found);
}

/** The head alone. @throws Refusal as arffHead */
async function headOf(source: ByteSource): Promise<ArffHead> {
  let start: Uint8Array = new Uint8Array(0);
  let text = '';
  for await (const chunk of source.chunks()) {
    start = Buffer.concat([start, chunk]);
    text = new TextDecoder().decode(start);
    if (isWhole(text, start.length, source)) break;
  }
  return arffHead(text.split(/\r\n?|\n/), source.name);
}

/** Whether the head is there with a row of data. @throws Refusal `arff-header` where it does not come */
function isWhole(text: string, bytes: number, { name, size }: ByteSource): boolean {
  const begun = hasData(text);
  if (begun < 2 && bytes < longestHead && bytes < size) return false;
  if (begun === 0 && bytes >= longestHead) {
    throw new Refusal('arff-header', `${name} has no @data line in its first 4 MB.`);
  }
  return true;
}

/** Lines from `@data` on that are whole; 0: it has not come yet. */
function hasData(text: string): number {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.trimStart().slice(0, 5).toLowerCase() === '@data');
  return at < 0 ? 0 : lines.length - 1 - at;
}

function tableStart(text: string, fileName: string, found: (head: ArffHead) => void): Uint8Array {
  const lines = text.split(/\r\n?|\n/);
  const head = arffHead(lines, fileName);
  found(head);
  const names = head.names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
  const rows = lines.slice(head.lines).map((row) => (row.startsWith('%') ? '' : row));
  return Buffer.from([...Array<string>(head.lines - 1).fill(''), names, ...rows].join('\n'));
}
