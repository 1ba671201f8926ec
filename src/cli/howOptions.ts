import type { How } from '../attribution/how.ts';
import type { MethodOptions } from '../attribution/methodOptions.ts';
import { METHODS, type MethodId } from '../attribution/methods.ts';
import {
  parseNoise,
  parseReplacement,
  parseSamples,
  parseSeed,
  parseWindow,
} from '../attribution/optionText.ts';
import { SWITCH_NAMES, SWITCHES, type Switches, type SwitchName } from '../attribution/switches.ts';
import type { Option, Said } from './command.ts';
import { choice, flag, LAYER, text } from './options.ts';
import { usage } from './words.ts';

const at = (place: 'layer' | 'input') =>
  METHODS.filter((method) => method.at === place)
    .map(({ id }) => id)
    .join(', ');

type OptionParsers = { readonly [Name in keyof MethodOptions]: Option<MethodOptions[Name]> };

/** Options of the methods. */
const parsed = <T>(takes: string, help: string, parse: (name: string, said: string) => T): Option<T> => ({
  ...{ takes, help },
  read: (said, name) => parse(`--${name}`, said),
});
const METHOD_OPTIONS: OptionParsers = {
  baseline: parsed(
    'zero|mean|noise|instance:ID',
    'integrated-gradients, scorecam: what counts as "nothing there"',
    parseReplacement,
  ),
  replacement: parsed(
    'zero|mean|noise|instance:ID',
    'occlusion, feature-ablation: what takes the place of the values',
    parseReplacement,
  ),
  samples: parsed(
    'N',
    'smoothgrad: noisy copies; integrated-gradients: nodes on the path (default: 50)',
    parseSamples,
  ),
  noise: parsed(
    'SHARE',
    "smoothgrad: standard deviation as a share of the instance's range (default: 0.1)",
    parseNoise,
  ),
  seed: parsed('N', 'of everything drawn (default: 1); the same seed gives the same map', parseSeed),
  window: parsed('FxT', 'occlusion: features x steps, as 1x5 (default) or allx10', parseWindow),
  stride: parsed('FxT', 'occlusion: how far the window moves (default: by its own size)', parseWindow),
};

const CONTRAST_OPTIONS = {
  against: text('NAME|INDEX|runner-up', 'set the class against another: logit A − logit B'),
  negative: flag('what speaks against it'),
} as const;

/** A word for each switch, that turns it from its default. */
export const SWITCH_OPTIONS = Object.fromEntries(
  SWITCH_NAMES.map((name) => [SWITCHES[name].word, flag(SWITCHES[name].help)]),
) as { readonly [Word in (typeof SWITCHES)[SwitchName]['word']]: Option<boolean> };

/** How a map is made, but for the class and the method's own options, which not every command takes alike. */
export const MAP_OPTIONS = {
  layer: LAYER,
  ...CONTRAST_OPTIONS,
  method: choice(
    METHODS.map(({ id }) => id),
    `at a layer: ${at('layer')}; at the input: ${at('input')} (default: gradcam; occlusion where no gradient can be taken)`,
    'NAME',
  ),
  ...SWITCH_OPTIONS,
} as const;

/** How a map is made, as commands that make maps take it. */
export const HOW_OPTIONS = {
  class: text(
    'NAME|INDEX|predicted|all',
    "whose logit is explained (default: predicted), or which output where the model gives numbers (default: the first, of a sequence at the last real step); a name goes before an index; all: a map for each of the most probable classes beside the predicted one's (json, npz)",
  ),
  ...MAP_OPTIONS,
  ...METHOD_OPTIONS,
} as const;

/** @throws Refusal `usage`, also for an option that the chosen method does not have */
export function howSaid(
  said: Said<typeof HOW_OPTIONS>,
): How & Switches & { readonly everyClass: boolean; readonly options: Partial<MethodOptions> } {
  const all = said.class === 'all';
  if (all && said.against !== undefined) throw usage('--class all and --against cannot go together');
  return {
    layer: said.layer,
    target: all ? undefined : said.class,
    everyClass: all,
    against: said.against,
    negative: said.negative ?? false,
    method: said.method,
    options: optionsSaid(said, said.method),
    ...switchesSaid(said),
  };
}

/** Every switch, as its word says or by default. */
export function switchesSaid(said: Said<typeof SWITCH_OPTIONS>): Switches {
  return Object.fromEntries(
    SWITCH_NAMES.map((name) => {
      const { byDefault, word } = SWITCHES[name];
      return [name, said[word] ? !byDefault : byDefault];
    }),
  ) as unknown as Switches;
}

function optionsSaid(said: Partial<MethodOptions>, method: MethodId | undefined): Partial<MethodOptions> {
  const has = METHODS.find(({ id }) => id === method)?.options;
  const names = (Object.keys(METHOD_OPTIONS) as (keyof MethodOptions)[]).filter(
    (name) => said[name] !== undefined,
  );
  // The seed is also that of other draws of a command, so it is never too much.
  const stranger = names.find((name) => name !== 'seed' && has !== undefined && !has.includes(name));
  if (stranger) {
    const known = has!.length > 0 ? has!.map((name) => `--${name}`).join(', ') : 'none of its own';
    throw usage(`--method ${method} has no option --${stranger}; it has ${known}`);
  }
  return Object.fromEntries(names.map((name) => [name, said[name]]));
}
