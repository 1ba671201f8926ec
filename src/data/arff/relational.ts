import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import type { ByteSource } from '../byteSource.ts';
import { countedPrefix } from '../csv/countedNames.ts';
import { atLine } from '../csv/refusedLine.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset, Instance } from '../dataset.ts';
import { labelIndex } from '../labelIndex.ts';
import { LazyInstance } from '../lazyInstance.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { readTs } from '../ts/readTs.ts';
import { type ArffHead, unquoted } from './arffTable.ts';

/** What a row of a bag is. */
type Rows = 'features' | 'steps';

const LONGEST_LINE = 2 ** 26;

/**
 * Reads an ARFF file whose first attribute is relational: a bag in quotes, its rows parted by the two signs `\\n`, and the
 * class behind it. In the UEA archive a row is a feature and the attributes within count the steps; in Weka's own sense a
 * row is a step and the attributes name the features. Lines are told to the reader of .ts files, which have the same form.
 * @throws Refusal as readTs, `arff-relational`, `unknown-label`; ReadingQuestion `relational`
 */
export async function readRelational(
  source: ByteSource,
  head: ArffHead,
  options: DataOptions,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<Dataset> {
  const bags = new Bags(source, head, options);
  const dataset = await readTs({ ...source, chunks: () => bags.chunks() }, options, report, signal);
  const { classes } = head;
  const named = bags.rows === 'steps' && !options.features ? { features: head.relational! } : {};
  return {
    ...{ ...dataset, ...named },
    findings: [...dataset.findings, bags.finding],
    ...(classes && { classes, instances: dataset.instances.map((one) => withLabel(one, classes)) }),
  };
}

/** Classes go through as their places, since they may hold blanks. */
function withLabel(instance: Instance, classes: readonly string[]): Instance {
  const { id, index, label, length, line, mask } = instance;
  const plain = { id, index, label: classes[Number(label)], length, line, ...(mask && { mask }) };
  return new LazyInstance(plain, () => instance.values);
}

class Bags {
  rows: Rows | undefined;

  constructor(
    private readonly source: ByteSource,
    private readonly head: ArffHead,
    private readonly options: DataOptions,
  ) {}

  get finding(): Finding {
    const what =
      this.rows === 'steps'
        ? 'a row of each bag is a step'
        : 'a row of each bag is a feature, its numbers the steps';
    const sentence = `${this.source.name} is relational: ${what}; set "layout" under "data" in attribution.json to "${this.rows === 'steps' ? 'transposed' : 'single'}" if it is not.`;
    return { code: 'relational', severity: 'info', sentence };
  }

  /** The lines of a .ts file, each where its own stands. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    const decoder = new TextDecoder();
    let rest = '';
    let line = 0;
    for await (const chunk of this.source.chunks()) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop()!;
      if (rest.length > LONGEST_LINE) {
        throw new Refusal(
          'arff-relational',
          `${this.source.name}, line ${line + lines.length + 1} is longer than 64 MB.`,
        );
      }
      const told = lines.map((one) => `${this.#told(one, ++line)}\n`).join('');
      if (told !== '') yield Buffer.from(told);
    }
    if (rest !== '') yield Buffer.from(this.#told(rest, ++line));
  }

  #told(raw: string, line: number): string {
    const { classes, names, lines } = this.head;
    if (line === 1) return '@problemName relational';
    if (line === 2) {
      if (classes) return `@classLabel true ${classes.map((_, at) => at).join(' ')}`;
      return names.length > 0 ? '@targetlabel true' : '@classLabel false';
    }
    if (line <= lines) return line === lines ? '@data' : '';
    const text = raw.trim();
    if (text === '' || text.startsWith('%')) return '';
    return atLine(this.source.name, line, () => this.#series(text, `${this.source.name}, line ${line}`));
  }

  #series(text: string, where: string): string {
    const end = closingQuote(text);
    const behind = text.slice(end + 1).trim();
    if (end < 0 || (this.head.names.length > 0 ? !behind.startsWith(',') : behind !== '')) {
      const class_ = this.head.names.length > 0 ? ', a comma and the class' : '';
      throw new Refusal('arff-relational', `${where}: a bag of rows in quotes${class_} is expected.`);
    }
    const rows = text
      .slice(1, end)
      .split('\\n')
      .map((row) => row.trim())
      .filter((row) => row !== '');
    this.rows ??= this.#rowsAre(rows.length);
    const series = this.rows === 'features' ? rows : columnsOf(rows, this.head.relational!.length, where);
    return [...series, ...this.#label(behind, where)].join(':');
  }

  #label(behind: string, where: string): string[] {
    const { classes, names } = this.head;
    if (names.length === 0) return [];
    const label = unquoted(behind.slice(1).trim());
    if (!classes) return [label];
    const at = labelIndex(label, classes);
    if (at >= 0) return [String(at)];
    throw new Refusal(
      'unknown-label',
      `${where}: ${JSON.stringify(label.slice(0, 40))} is not one of the classes in the header (${listed(classes, 12)}).`,
    );
  }

  /** By what is said, the model, or what the attributes within are called. @param count rows of the first bag */
  #rowsAre(count: number): Rows {
    const { layout, input } = this.options;
    const within = this.head.relational!;
    if (layout === 'transposed') return 'features';
    if (layout === 'single') return 'steps';
    if (input && (input.features === count) !== (input.features === within.length)) {
      return input.features === count ? 'features' : 'steps';
    }
    const counted = countedPrefix(within) !== undefined;
    if (!counted && within.length > 1) return 'steps';
    if (counted && count <= within.length) return 'features';
    throw new ReadingQuestion({
      id: 'relational',
      sentence: `${this.source.name} is relational, with ${count} rows of ${within.length} numbers in its first bag, and neither names nor a model tell whether a row is a step or a feature`,
      ways: [
        { label: 'a row is a step', patch: { data: { layout: 'single' } } },
        { label: 'a row is a feature', patch: { data: { layout: 'transposed' } } },
      ],
    });
  }
}

/** Where the first sign is a quote, the place of the one that ends it; else -1. */
function closingQuote(text: string): number {
  const [quote] = text;
  if (quote !== "'" && quote !== '"') return -1;
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\' && text[at + 1] !== 'n') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

/** Rows of cells as rows of their columns. @throws Refusal `arff-relational` where a row has another number of them */
function columnsOf(rows: readonly string[], width: number, where: string): string[] {
  const cells = rows.map((row) => row.split(','));
  const odd = cells.findIndex((row) => row.length !== width);
  if (odd >= 0) {
    throw new Refusal(
      'arff-relational',
      `${where}: row ${odd + 1} of the bag has ${cells[odd]!.length} numbers, and ${width} are declared.`,
    );
  }
  return Array.from({ length: width }, (_, column) => cells.map((row) => row[column]).join(','));
}
