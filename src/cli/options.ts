import { MOST_SECONDS } from '../engine/mostSeconds.ts';
import type { RuntimePreference } from '../engine/requests.ts';
import { LAYER_BY_DEFAULT } from '../graph/layerByDefault.ts';
import { RUNTIME_IDS } from '../graph/runtime.ts';
import type { MaskChoice } from '../preprocess/maskChoice.ts';
import { parseMaskChoice } from '../preprocess/maskChoice.ts';
import { findProject } from '../project/project.ts';
import { MOST_SEED } from '../random.ts';
import type { Option, Said } from './command.ts';
import { absolute, oneOf, pagePath, usage, wholeNumber } from './words.ts';

/** Kinds of options. */
export function flag(help: string): Option<boolean> {
  return { takes: null, help, read: () => true };
}

/**
 * Any text.
 * @param takes what help calls it
 */
export function text(takes: string, help: string): Option<string> {
  return { takes, help, read: (said) => said };
}

/** A path, made absolute. */
export function file(help: string, takes = 'FILE'): Option<string> {
  return { takes, help, read: absolute };
}

/** A path to an HTML page. */
export function page(help: string): Option<string> {
  return { takes: 'FILE.html', help, read: (said, name) => pagePath(name, said) };
}

/** Folders: the option may be said again and again. */
export function folders(help: string): Option<readonly string[]> {
  return {
    takes: 'FOLDER',
    help,
    several: true,
    read: (said, _, before) => [...(Array.isArray(before) ? before : []), absolute(said)],
  };
}

/** A whole number in a range, ends included; nine digits at the most. */
export function count(help: string, from: 0 | 1, to: number): Option<number> {
  return {
    takes: 'N',
    help,
    read: (said, name) => wholeNumber(name, said, from, to),
  };
}

/** A number from 0 to below 1. */
export function fraction(help: string): Option<number> {
  return number(help, 'from 0 to below 1, such as 0.1', (value) => value >= 0 && value < 1);
}

/** A number above 0, up to another. */
export function positive(help: string, to: number): Option<number> {
  return number(help, `above 0, up to ${to}, such as 0.001`, (value) => value > 0 && value <= to);
}

function number(help: string, what: string, fits: (value: number) => boolean): Option<number> {
  return {
    takes: 'X',
    help,
    read: (said, name) => {
      const value = said.trim() === '' ? Number.NaN : Number(said);
      if (!fits(value)) throw usage(`--${name} takes a number ${what}, not ${JSON.stringify(said)}`);
      return value;
    },
  };
}

/** One of some words; `takes` where they are too many to list. */
export function choice<const V extends string>(words: readonly V[], help: string, takes?: string): Option<V> {
  return {
    takes: takes ?? words.join('|'),
    help,
    words,
    read: (said, name) => oneOf(name, said, words),
  };
}

/** Some of the words, with commas between them. */
export function words<const V extends string>(all: readonly V[], help: string): Option<readonly V[]> {
  return {
    takes: 'NAMES',
    help: `${help}; of ${all.join(', ')}`,
    words: all,
    read: (said, name) => said.split(',').map((word) => oneOf(name, word.trim(), all)),
  };
}

/** Options that several commands have. */
export const LAYER = text(
  'NAME',
  `a layer's name (see layers) or any tensor of the graph (default: the configuration's for its own model, else ${LAYER_BY_DEFAULT}; of an audit the first convolution)`,
);
export const CONFIG = file(
  "attribution.json with data layout, preprocessing and class names; its model is not used (default: the nearest one in DATA's folder or above; of explainer, layers and masked, MODEL's)",
);
export const RUNTIME = choice(['auto', ...RUNTIME_IDS] as const, 'what computes (default: auto)');
const MASK = {
  takes: 'CHOICE',
  help: 'auto, none, trailing, leading, length:28, length:28@front, length-column:NAME, mask-column:NAME (default: as the configuration says, else auto)',
  words: ['auto', 'none', 'trailing', 'leading'],
  read: parseMaskChoice,
} as const;
/** Said several times it adds up. */
export const SET: Option<readonly string[]> = {
  takes: 'NAME=VALUE',
  help: 'a setting of attribution.json for this run, such as data.time="Time (s)" or data.label=null; may be said again and again',
  several: true,
  read: (said, _, before) => [...(Array.isArray(before) ? before : []), said],
};
const TRUNCATE = flag("cut series that are longer than the model's input");
export const TIMEOUT = count(
  'seconds without a sign of progress after which the work is given up (default: 120), and of computing that opening a model may take (default: by its size)',
  1,
  MOST_SECONDS,
);
export const SEED = count(
  'of everything drawn (default: 1); the same seed gives the same answer',
  0,
  MOST_SEED,
);
/** Of networks that are trained. */
export const MOST_EPOCHS = 100_000;
/** Of a first convolution; what all weights together may come to is asked later. */
export const MOST_FILTERS = 65_536;
export const JSON_OUT = flag('every number, for a script');
export const OUT = file('(default: standard output)');

/** What every command about a model and a data file takes. */
export const DATA_OPTIONS = {
  mask: MASK,
  set: SET,
  config: CONFIG,
  runtime: RUNTIME,
  timeout: TIMEOUT,
  truncate: TRUNCATE,
} as const;

/** What the words say about model and data. */
export interface DataAsked {
  readonly model: string;
  readonly data: string;
  readonly mask?: MaskChoice;
  readonly set?: readonly string[];
  readonly config?: string;
  readonly runtime: RuntimePreference;
  readonly timeout?: number;
  readonly truncate: boolean;
}

/** MODEL and DATA, and what was said of them. */
export function dataSaid([model, data]: readonly string[], said: Said<typeof DATA_OPTIONS>): DataAsked {
  return {
    model: absolute(model!),
    data: absolute(data!),
    mask: said.mask,
    set: said.set,
    config: said.config,
    runtime: said.runtime ?? 'auto',
    timeout: said.timeout,
    truncate: said.truncate ?? false,
  };
}

/** As the engine is asked for them: the attribution.json that applies is the one given, else the one found beside the data. */
export async function sourceOf({ config, runtime, timeout: _, ...rest }: DataAsked) {
  return { ...rest, project: config ?? (await findProject(rest.data)), prefer: runtime };
}
