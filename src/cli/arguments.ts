import { extname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { RuntimePreference } from '../engine/contract.ts';
import type { Ground } from '../export/picture/theme.ts';
import { type MaskChoice, parseMaskChoice } from '../preprocess/maskChoice.ts';
import { type ConvertCommand, convertArguments } from './convertCommand.ts';
import { type DatasetCommand, datasetArguments } from './datasetArguments.ts';
import { type EvaluateCommand, evaluateArguments } from './evaluateArguments.ts';
import { type ExplainerCommand, explainerArguments } from './explainerArguments.ts';
import { type GenerateCommand, generateArguments } from './generateCommand.ts';
import { type MethodWords, methodOptions, methodWords } from './methodArguments.ts';
import { absolute, exactly, oneOf, path, runtimes, usage, wholeNumber } from './words.ts';

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | LayersCommand
  | ExplainCommand
  | AuditCommand
  | ConvertCommand
  | DatasetCommand
  | ExplainerCommand
  | EvaluateCommand
  | GenerateCommand
  | MaskedCommand;

export interface LayersCommand {
  readonly name: 'layers';
  readonly model: string;
  readonly json: boolean;
  readonly config?: string;
  readonly runtime: RuntimePreference;
}

export interface ExplainCommand extends MethodWords {
  readonly name: 'explain';
  readonly model: string;
  readonly data: string;
  /** As typed: `all`, an id, or a 0-based position; the first instance when absent. */
  readonly case?: string;
  readonly layer?: string;
  readonly mask?: MaskChoice;
  readonly config?: string;
  readonly runtime: RuntimePreference;
  readonly truncate: boolean;
  readonly format: OutputFormat;
  /** Of pictures. */
  readonly theme: Ground;
  readonly out?: string;
}

export interface AuditCommand {
  readonly name: 'audit';
  readonly model: string;
  readonly data: string;
  /** As typed; the whole file when absent. */
  readonly case?: string;
  readonly layer?: string;
  readonly mask?: MaskChoice;
  readonly config?: string;
  readonly runtime: RuntimePreference;
  readonly truncate: boolean;
  readonly seed: number;
  readonly json: boolean;
  /** Where the HTML report goes. */
  readonly report?: string;
}

/** Writes the model with the padding mask as a second input. */
export interface MaskedCommand {
  readonly name: 'masked';
  readonly model: string;
  readonly out: string;
  readonly config?: string;
  readonly runtime: RuntimePreference;
}

const formats = ['json', 'npz', 'csv', 'svg', 'png', 'html'] as const;
export type OutputFormat = (typeof formats)[number];

const options = {
  json: { type: 'boolean' },
  case: { type: 'string' },
  layer: { type: 'string' },
  ...methodOptions,
  mask: { type: 'string' },
  config: { type: 'string' },
  runtime: { type: 'string' },
  truncate: { type: 'boolean' },
  format: { type: 'string' },
  theme: { type: 'string' },
  out: { type: 'string' },
  report: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

const COMMANDS = 'layers, explain, audit, dataset, evaluate, generate, convert, masked or explainer';

type Values = ReturnType<typeof parse>['values'];
const layersOptions = new Set<keyof Values>(['json', 'config', 'runtime']);
const explainOptions = new Set<keyof Values>([
  ...(Object.keys(options) as (keyof Values)[]).filter((name) => !['json', 'report'].includes(name)),
]);
const auditOptions = new Set<keyof Values>([
  ...['json', 'case', 'layer', 'mask', 'config', 'runtime', 'truncate', 'seed', 'report'],
] as (keyof Values)[]);
const maskedOptions = new Set<keyof Values>(['config', 'runtime']);

/** @throws Refusal `usage` when the words make no sense, with what to type instead. */
export function readArguments(words: readonly string[]): Command {
  if (words[0] === 'convert' && !words.includes('--help')) return convertArguments(words.slice(1));
  if (words[0] === 'dataset' && !words.includes('--help')) return datasetArguments(words.slice(1));
  if (words[0] === 'explainer' && !words.includes('--help')) return explainerArguments(words.slice(1));
  if (words[0] === 'evaluate' && !words.includes('--help')) return evaluateArguments(words.slice(1));
  if (words[0] === 'generate' && !words.includes('--help')) return generateArguments(words.slice(1));
  const { values, positionals } = parse(words);
  if (values.help || (words.length === 0 && positionals.length === 0)) {
    return { name: 'help' };
  }
  if (values.version) {
    return { name: 'version' };
  }
  const [command, ...files] = positionals;
  switch (command) {
    case 'help':
      return { name: 'help' };
    case 'layers':
      return layersCommand(values, files);
    case 'explain':
      return explainCommand(values, files);
    case 'audit':
      return auditCommand(values, files);
    case 'masked':
      return maskedCommand(values, files);
    default:
      throw usage(
        command === undefined
          ? `Say what to do: ${COMMANDS}`
          : `There is no command ${JSON.stringify(command)}: say ${COMMANDS}`,
      );
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      throw usage(error.message.split(/[.\n]/, 1)[0] as string);
    }
    throw error;
  }
}

function layersCommand(values: Values, files: readonly string[]): LayersCommand {
  onlyKnown('layers', values, layersOptions);
  const [model] = exactly('layers', ['MODEL'], files);
  return {
    name: 'layers',
    model: absolute(model as string),
    json: values.json ?? false,
    config: path(values.config),
    runtime: oneOf('runtime', values.runtime, runtimes) ?? 'auto',
  };
}

function explainCommand(values: Values, files: readonly string[]): ExplainCommand {
  onlyKnown('explain', values, explainOptions);
  const [model, data] = exactly('explain', ['MODEL', 'DATA'], files);
  return {
    name: 'explain',
    model: absolute(model as string),
    data: absolute(data as string),
    case: values.case,
    layer: values.layer,
    ...methodWords(values),
    mask: values.mask === undefined ? undefined : parseMaskChoice(values.mask),
    config: path(values.config),
    runtime: oneOf('runtime', values.runtime, runtimes) ?? 'auto',
    truncate: values.truncate ?? false,
    format: oneOf('format', values.format, formats) ?? formatOf(values.out) ?? 'json',
    theme: oneOf('theme', values.theme, ['light', 'dark']) ?? 'light',
    out: path(values.out),
  };
}

function auditCommand(values: Values, files: readonly string[]): AuditCommand {
  onlyKnown('audit', values, auditOptions);
  const [model, data] = exactly('audit', ['MODEL', 'DATA'], files);
  return {
    name: 'audit',
    model: absolute(model as string),
    data: absolute(data as string),
    case: values.case === 'all' ? undefined : values.case,
    layer: values.layer,
    mask: values.mask === undefined ? undefined : parseMaskChoice(values.mask),
    config: path(values.config),
    runtime: oneOf('runtime', values.runtime, runtimes) ?? 'auto',
    truncate: values.truncate ?? false,
    seed: wholeNumber('seed', values.seed) ?? 1,
    json: values.json ?? false,
    report: path(values.report),
  };
}

function maskedCommand(values: Values, files: readonly string[]): MaskedCommand {
  onlyKnown('masked', values, maskedOptions);
  const [model, out] = exactly('masked', ['MODEL', 'OUT.onnx'], files);
  return {
    name: 'masked',
    model: absolute(model as string),
    out: resolve(out as string),
    config: path(values.config),
    runtime: oneOf('runtime', values.runtime, runtimes) ?? 'auto',
  };
}

/** What the ending of `--out` says, so that `--out maps.npz` needs no `--format`. */
function formatOf(out: string | undefined): OutputFormat | undefined {
  return formats.find((format) => out !== undefined && extname(out).toLowerCase() === `.${format}`);
}

function onlyKnown(command: string, values: Values, known: ReadonlySet<keyof Values>): void {
  const stranger = (Object.keys(values) as (keyof Values)[]).find((name) => !known.has(name));
  if (stranger) {
    throw usage(`${command} has no option --${stranger}`);
  }
}
