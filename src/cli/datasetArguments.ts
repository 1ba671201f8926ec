import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import type { RuntimePreference } from '../engine/contract.ts';
import { type Alignment, alignments, type Grouping, type Scale, scales } from '../overview/overview.ts';
import { type MaskChoice, parseMaskChoice } from '../preprocess/maskChoice.ts';
import { type MethodWords, methodOptions, methodWords } from './methodArguments.ts';
import { absolute, exactly, oneOf, path, runtimes, usage, wholeNumber } from './words.ts';

const formats = ['text', 'json', 'csv', 'npz'] as const;
const tables = ['instances', 'maps', 'ranking'] as const;

/** Maps of a whole file, added up. */
export interface DatasetCommand extends MethodWords {
  readonly name: 'dataset';
  readonly model: string;
  readonly data: string;
  readonly layer?: string;
  readonly mask?: MaskChoice;
  readonly config?: string;
  readonly runtime: RuntimePreference;
  readonly truncate: boolean;
  readonly seed: number;
  /** By label where the file has labels, unless given. */
  readonly by?: Grouping;
  readonly align: Alignment;
  readonly scale: Scale;
  readonly format: (typeof formats)[number];
  /** Which of the tables `csv` is. */
  readonly table: (typeof tables)[number];
  readonly out?: string;
}

const options = {
  layer: { type: 'string' },
  ...methodOptions,
  mask: { type: 'string' },
  config: { type: 'string' },
  runtime: { type: 'string' },
  truncate: { type: 'boolean' },
  by: { type: 'string' },
  align: { type: 'string' },
  scale: { type: 'string' },
  format: { type: 'string' },
  table: { type: 'string' },
  out: { type: 'string' },
} as const;

/** @throws Refusal `usage` */
export function datasetArguments(words: readonly string[]): DatasetCommand {
  const { values, positionals } = parse(words);
  const [model, data] = exactly('dataset', ['MODEL', 'DATA'], positionals);
  if (values.class === 'all')
    throw usage('dataset explains one class of each instance: --class cannot be all');
  const byEnding = formats.find((format) => extname(values.out ?? '').toLowerCase() === `.${format}`);
  return {
    name: 'dataset',
    model: absolute(model!),
    data: absolute(data!),
    layer: values.layer,
    ...methodWords(values),
    mask: values.mask === undefined ? undefined : parseMaskChoice(values.mask),
    config: path(values.config),
    runtime: oneOf('runtime', values.runtime, runtimes) ?? 'auto',
    truncate: values.truncate ?? false,
    seed: wholeNumber('seed', values.seed) ?? 1,
    by: oneOf('by', values.by, ['label', 'predicted']),
    align: oneOf('align', values.align, alignments) ?? 'start',
    scale: oneOf('scale', values.scale, scales) ?? 'normalised',
    format: oneOf('format', values.format, formats) ?? byEnding ?? 'text',
    table: oneOf('table', values.table, tables) ?? 'instances',
    out: path(values.out),
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      throw usage(error.message.split(/[.\n]/, 1)[0]!.replace('Unknown option', 'dataset has no option'));
    }
    throw error;
  }
}
