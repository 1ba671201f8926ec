import { MOST_SEED } from '../random.ts';
import { Refusal } from '../refusal.ts';
import {
  type MethodOptions,
  MOST_SAMPLES,
  type OcclusionWindow,
  type OptionName,
  type Replacement,
} from './methodOptions.ts';

/** `zero`, `mean`, `noise`, `instance:ID`: as typed and as shown. */
export function formatReplacement(replacement: Replacement): string {
  return replacement.kind === 'instance' ? `instance:${replacement.id}` : replacement.kind;
}

/** @throws Refusal `bad-option` */
export function parseReplacement(option: string, text: string): Replacement {
  if (text === 'zero' || text === 'mean' || text === 'noise') return { kind: text };
  const [, id] = /^instance:(.+)$/s.exec(text) ?? [];
  if (id !== undefined) return { kind: 'instance', id };
  throw bad(option, text, 'zero, mean, noise or instance:ID');
}

/** `1x5`, `allx5`: features × steps. */
export function formatWindow({ features, steps }: OcclusionWindow): string {
  return `${features ?? 'all'}x${steps}`;
}

/** @throws Refusal `bad-option` */
export function parseWindow(option: string, text: string): OcclusionWindow {
  const [, features, steps] = /^(all|[1-9]\d{0,8})\s*[x×]\s*([1-9]\d{0,8})$/i.exec(text.trim()) ?? [];
  if (features === undefined) throw bad(option, text, 'features x steps, as 1x5 or allx5');
  return { features: features.toLowerCase() === 'all' ? null : Number(features), steps: Number(steps) };
}

/** @throws Refusal `bad-option` */
export function parseSamples(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text.trim()) || !isSamples(Number(text))) {
    throw bad(option, text, `a whole number from 1 to ${MOST_SAMPLES}`);
  }
  return Number(text);
}

/** @throws Refusal `bad-option` */
export function parseNoise(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value <= 1))
    throw bad(option, text, 'a number above 0 and up to 1');
  return value;
}

/** @throws Refusal `bad-option` */
export function parseSeed(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text.trim())) throw bad(option, text, `a whole number from 0 to ${MOST_SEED}`);
  return Number(text);
}

/** Options that came over the wire or out of storage. @throws Refusal `bad-option` */
export function checkOptions(options: Partial<MethodOptions>): void {
  const given = (name: OptionName) => options[name] !== undefined;
  for (const name of ['baseline', 'replacement', 'window'] as const) {
    if (given(name) && !isObject(options[name])) throw bad(name, `${options[name]}`, 'an object');
  }
  if (options.baseline) parseReplacement('baseline', formatReplacement(options.baseline));
  if (options.replacement) parseReplacement('replacement', formatReplacement(options.replacement));
  if (options.window) parseWindow('window', formatWindow(options.window));
  if (options.stride) parseWindow('stride', formatWindow(options.stride));
  if (options.samples !== undefined) parseSamples('samples', `${options.samples}`);
  if (options.noise !== undefined) parseNoise('noise', `${options.noise}`);
  if (options.seed !== undefined) parseSeed('seed', `${options.seed}`);
}

/** Each option in words, e.g. `baseline zero`, `50 samples`; for captions, lists and tables. */
export function optionWords(options: Partial<MethodOptions>): string[] {
  const words: Record<OptionName, (options: MethodOptions) => string> = {
    baseline: ({ baseline }) => `baseline ${replacementWords(baseline)}`,
    replacement: ({ replacement }) => `replaced by ${replacementWords(replacement)}`,
    samples: ({ samples }) => `${samples} samples`,
    noise: ({ noise }) => `noise ${noise} of the range`,
    seed: ({ seed }) => `seed ${seed}`,
    window: ({ window }) => `window ${windowWords(window)}`,
    stride: ({ stride }) => (stride === null ? '' : `stride ${windowWords(stride)}`),
  };
  return (Object.keys(words) as OptionName[])
    .filter((name) => options[name] !== undefined)
    .map((name) => words[name](options as MethodOptions))
    .filter((text) => text !== '');
}

function replacementWords(replacement: Replacement): string {
  switch (replacement.kind) {
    case 'zero':
      return 'zero';
    case 'mean':
      return "the instance's own means";
    case 'noise':
      return "noise of the instance's own spread";
    case 'instance':
      return `instance ${replacement.id}`;
  }
}

function windowWords({ features, steps }: OcclusionWindow): string {
  const what = features === null ? 'all features' : features === 1 ? '1 feature' : `${features} features`;
  return `${what} × ${steps} ${steps === 1 ? 'step' : 'steps'}`;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function isSamples(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MOST_SAMPLES;
}

function bad(option: string, text: string, wanted: string): Refusal {
  return new Refusal('bad-option', `The option ${option} cannot be ${JSON.stringify(text)}: give ${wanted}.`);
}
