import { DEFAULT_OPTIONS } from '../attribution/methodOptions.ts';
import { SWITCH_NAMES } from '../attribution/switches.ts';
import { Refusal } from '../refusal.ts';
import type { ModelAsked } from './askedTypes.ts';
import { KINDS } from './kinds.ts';

const MODEL = ['config', 'runtime', 'set', 'timeoutSeconds'] as const;
const DATA = [...MODEL, 'mask', 'truncate', 'signal', 'report'] as const;
const HOW = ['layer', 'target', 'against', 'negative', 'method', 'options', ...SWITCH_NAMES] as const;

const EXPLAIN = [...DATA, ...HOW, 'instance'] as const;
const AUDIT = [...DATA, 'instances', 'layer', 'seed'] as const;
/** Whoever has opened a model has chosen these. */
const OPENED: readonly string[] = ['runtime', 'timeoutSeconds'] satisfies readonly (keyof ModelAsked)[];
const whenOpen = (settings: readonly string[]) => settings.filter((name) => !OPENED.includes(name));

/** The settings of each question, for those who ask without types. */
export const SETTINGS = {
  loadModel: MODEL,
  explain: EXPLAIN,
  audit: AUDIT,
  "an open model's explain": whenOpen(EXPLAIN),
  "an open model's audit": whenOpen(AUDIT),
} as const;

/** @throws Refusal `bad-argument` where it is no text, or empty */
export function pathGiven(given: unknown, what: string): string {
  if (typeof given === 'string' && given !== '') return given;
  throw new Refusal('bad-argument', `The ${what} is given as a path: some text, not ${shown(given)}.`);
}

/**
 * A setting that is misspelt would otherwise be left aside in silence, one of another kind stop the work somewhere inside.
 * @throws Refusal `bad-argument` naming those there are, or what it has to be
 */
export function settingsGiven(of: keyof typeof SETTINGS, given: unknown): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new Refusal('bad-argument', `The settings of ${of} are an object, not ${shown(given)}.`);
  }
  const known: readonly string[] = SETTINGS[of];
  mustBeKnown('setting', given, of, known);
  mustBeOfKind(given);
  if ('options' in given && given.options) {
    mustBeKnown('option', given.options, 'methods', Object.keys(DEFAULT_OPTIONS));
  }
}

function mustBeKnown(what: string, given: object, of: string, known: readonly string[]): void {
  const other = Object.keys(given).find((name) => !known.includes(name));
  if (other === undefined) return;
  throw new Refusal(
    'bad-argument',
    `There is no ${what} "${other.slice(0, 40)}" of ${of}; there are ${known.join(', ')}.`,
  );
}

function mustBeOfKind(settings: object): void {
  for (const [name, value] of Object.entries(settings)) {
    const kind = KINDS[name];
    if (value === undefined || !kind || kind.is(value)) continue;
    throw new Refusal('bad-argument', `The setting "${name}" is ${kind.words}, not ${shown(value)}.`);
  }
}

function shown(given: unknown): string {
  if (given === '' || given === null || given === undefined) return given === '' ? 'empty text' : `${given}`;
  if (typeof given === 'string') return JSON.stringify(given.slice(0, 40));
  return Array.isArray(given)
    ? 'a list'
    : typeof given === 'object'
      ? 'an object'
      : typeof given === 'number'
        ? `${given}`
        : `a ${typeof given}`;
}
