import type { MethodId } from '../attribution/explanation.ts';
import type { MethodOptions } from '../attribution/methodOptions.ts';
import { METHODS } from '../attribution/methods.ts';
import {
  parseNoise,
  parseReplacement,
  parseSamples,
  parseSeed,
  parseWindow,
} from '../attribution/optionText.ts';
import { oneOf, usage } from './words.ts';

/** How a map is made, as every command that makes maps takes it. */
export const methodOptions = {
  class: { type: 'string' },
  against: { type: 'string' },
  negative: { type: 'boolean' },
  method: { type: 'string' },
  'no-relu': { type: 'boolean' },
  'masked-alpha': { type: 'boolean' },
  'masked-model': { type: 'boolean' },
  baseline: { type: 'string' },
  replacement: { type: 'string' },
  samples: { type: 'string' },
  noise: { type: 'string' },
  seed: { type: 'string' },
  window: { type: 'string' },
  stride: { type: 'string' },
} as const;

type Values = { readonly [Name in keyof typeof methodOptions]?: string | boolean };

export interface MethodWords {
  readonly target?: string;
  /** `--class all`: a map for each of the most probable classes, beside the predicted one's. */
  readonly everyClass: boolean;
  readonly against?: string;
  readonly negative: boolean;
  /** Absent: the engine's default. */
  readonly method?: MethodId;
  readonly options: Partial<MethodOptions>;
  readonly relu: boolean;
  readonly maskedAlpha: boolean;
  readonly maskedModel: boolean;
}

const parsers: { readonly [Name in keyof MethodOptions]: (text: string) => MethodOptions[Name] } = {
  baseline: (text) => parseReplacement('--baseline', text),
  replacement: (text) => parseReplacement('--replacement', text),
  samples: (text) => parseSamples('--samples', text),
  noise: (text) => parseNoise('--noise', text),
  seed: (text) => parseSeed('--seed', text),
  window: (text) => parseWindow('--window', text),
  stride: (text) => parseWindow('--stride', text),
};

/** @throws Refusal `usage` or `bad-option`; also for an option that the chosen method does not have */
export function methodWords(values: Values): MethodWords {
  const text = (name: keyof Values) => values[name] as string | undefined;
  const ids = METHODS.map(({ id }) => id);
  const method = oneOf('method', text('method'), ids);
  const all = text('class') === 'all';
  if (all && text('against') !== undefined) throw usage('--class all and --against cannot go together');
  return {
    target: all ? undefined : text('class'),
    everyClass: all,
    against: text('against'),
    negative: values.negative === true,
    method,
    options: options(values, method),
    relu: values['no-relu'] !== true,
    maskedAlpha: values['masked-alpha'] === true,
    maskedModel: values['masked-model'] === true,
  };
}

function options(values: Values, method: MethodId | undefined): Partial<MethodOptions> {
  const has = METHODS.find(({ id }) => id === method)?.options;
  const names = (Object.keys(parsers) as (keyof MethodOptions)[]).filter(
    (name) => values[name] !== undefined,
  );
  // The seed is also that of other draws of a command, so it is never too much.
  const stranger = names.find((name) => name !== 'seed' && has !== undefined && !has.includes(name));
  if (stranger) {
    const known = has!.length > 0 ? has!.map((name) => `--${name}`).join(', ') : 'none of its own';
    throw usage(`--method ${method} has no option --${stranger}; it has ${known}`);
  }
  return Object.fromEntries(names.map((name) => [name, parsers[name](values[name] as string)]));
}
