import { parseArgs } from 'node:util';
import type { MethodId } from '../attribution/explanation.ts';
import { METHODS } from '../attribution/methods.ts';
import type { RuntimePreference } from '../engine/contract.ts';
import { REPLACEMENTS, type Replacement } from '../evaluation/replacement.ts';
import { type MaskChoice, parseMaskChoice } from '../preprocess/maskChoice.ts';
import { absolute, exactly, oneOf, parsing, path, runtimes, usage, wholeNumber } from './words.ts';

/** Judges the maps of a file. */
export interface EvaluateCommand {
  readonly name: 'evaluate';
  readonly model: string;
  readonly data: string;
  readonly methods: readonly MethodId[];
  readonly layer?: string;
  /** As typed; the whole file when absent. */
  readonly case?: string;
  readonly target?: string;
  readonly replacements?: readonly Replacement[];
  /** Path of the truth file, and the part of it where it holds several sets. */
  readonly truth?: { readonly path: string; readonly member?: string };
  readonly most?: number;
  readonly draws?: number;
  readonly seed: number;
  readonly json: boolean;
  readonly out?: string;
  readonly relu: boolean;
  readonly maskedAlpha: boolean;
  readonly mask?: MaskChoice;
  readonly config?: string;
  readonly runtime: RuntimePreference;
  readonly truncate: boolean;
}

const options = {
  method: { type: 'string' },
  layer: { type: 'string' },
  case: { type: 'string' },
  class: { type: 'string' },
  replacement: { type: 'string' },
  truth: { type: 'string' },
  most: { type: 'string' },
  draws: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean' },
  out: { type: 'string' },
  'no-relu': { type: 'boolean' },
  'masked-alpha': { type: 'boolean' },
  mask: { type: 'string' },
  config: { type: 'string' },
  runtime: { type: 'string' },
  truncate: { type: 'boolean' },
} as const;

const methods = METHODS.map(({ id }) => id);

/** @throws Refusal `usage` */
export function evaluateArguments(words: readonly string[]): EvaluateCommand {
  const { values, positionals } = parsing('evaluate', () =>
    parseArgs({ args: [...words], options, allowPositionals: true }),
  );
  const [model, data] = exactly('evaluate', ['MODEL', 'DATA'], positionals);
  const method = oneOf('method', values.method, [...methods, 'all']) ?? 'gradcam';
  const replacement = oneOf('replacement', values.replacement, [...REPLACEMENTS, 'all']) ?? 'all';
  return {
    name: 'evaluate',
    model: absolute(model!),
    data: absolute(data!),
    methods: method === 'all' ? methods : [method],
    layer: values.layer,
    case: values.case === 'all' ? undefined : values.case,
    target: values.class,
    replacements: replacement === 'all' ? undefined : [replacement],
    truth: truthPath(values.truth),
    most: atLeastOne('most', values.most),
    draws: atLeastOne('draws', values.draws),
    seed: wholeNumber('seed', values.seed) ?? 1,
    json: values.json ?? false,
    out: path(values.out),
    relu: !values['no-relu'],
    maskedAlpha: values['masked-alpha'] ?? false,
    mask: values.mask === undefined ? undefined : parseMaskChoice(values.mask),
    config: path(values.config),
    runtime: oneOf('runtime', values.runtime, runtimes) ?? 'auto',
    truncate: values.truncate ?? false,
  };
}

function atLeastOne(option: string, value: string | undefined): number | undefined {
  const number = wholeNumber(option, value);
  if (number === 0) throw usage(`--${option} takes a whole number from 1`);
  return number;
}

/** `FILE.json`, or `FILE.json#content` for a part of it. */
function truthPath(value: string | undefined): EvaluateCommand['truth'] {
  if (value === undefined) return undefined;
  const [, file, member] = /^(.*\.json)#(.+)$/is.exec(value) ?? [undefined, value];
  return { path: absolute(file!), ...(member !== undefined && { member }) };
}
