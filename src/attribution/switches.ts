import { INPUT_LAYER } from './inputLayer.ts';

/** What a switch needs to know of a method. */
interface Traits {
  readonly label: string;
  readonly relu: boolean;
  readonly realOnly: string | null;
}

/** A setting that is on or off and changes the numbers of a map; its words on every surface. */
interface SwitchFacts {
  readonly byDefault: boolean;
  /** On the panel, and as the name of a row. */
  readonly label: string;
  /** What is said beside a map where it is not as by default. */
  readonly said: string;
  /** What it does; of the method, where the method says more. */
  readonly title: (method: Traits) => string;
  /** Where it goes without saying that it is off. */
  readonly unsaid?: (how: { readonly layer: string }) => boolean;
  /** Why it means nothing to the method, and is off there; null where it means something. */
  readonly without: (method: Traits) => string | null;
  /** The word on a command line that turns it from its default. */
  readonly word: string;
  /** A line of `--help`. */
  readonly help: string;
}

/** What can be on or off in the making of a map: default, words, and the methods it does nothing to. */
export const SWITCHES = {
  relu: {
    byDefault: true,
    label: 'ReLU',
    said: 'signed',
    title: () => 'Off: negative attribution is shown too',
    // Maps at the input are signed, whatever the method.
    unsaid: ({ layer }) => layer === INPUT_LAYER,
    without: ({ label, relu }) => (relu ? null : `${label} is always signed`),
    word: 'no-relu',
    help: 'keep the negative part of the map (methods at a layer; those at the input are signed)',
  },
  maskedAlpha: {
    byDefault: false,
    label: 'real steps only',
    said: 'real steps only',
    title: ({ realOnly }) => `On: ${realOnly}`,
    // Where nothing is summed over positions, there is nothing padding could leak into.
    without: ({ label, realOnly }) =>
      realOnly === null ? `${label}: nothing is summed over positions` : null,
    word: 'masked-alpha',
    help: 'over real positions only, as the method has it (Grad-CAM: channel weights); see docs/methods.md',
  },
  maskedModel: {
    byDefault: false,
    label: 'masked model',
    said: 'masked model',
    title: () =>
      'Explain the model with padding kept out of every layer: a different model, with its own answer',
    without: () => null,
    word: 'masked-model',
    help: 'explain the model with padding kept out of every layer, a different model: its answer and\nits map; a finding says how far the logit moves',
  },
} as const satisfies Readonly<Record<string, SwitchFacts>>;

/** The switches by name. */
export type SwitchName = keyof typeof SWITCHES;

/** Each on or off. */
export type Switches = Readonly<Record<SwitchName, boolean>>;

/** In the order in which they are shown. */
export const SWITCH_NAMES = Object.keys(SWITCHES) as SwitchName[];

/** A value for every switch. */
export function eachSwitch<T>(of: (name: SwitchName, facts: SwitchFacts) => T): Record<SwitchName, T> {
  return Object.fromEntries(SWITCH_NAMES.map((name) => [name, of(name, SWITCHES[name])])) as Record<
    SwitchName,
    T
  >;
}

/** The switches of a question, those not given as by default. */
export function switchesOf(given: Partial<Switches>): Switches {
  return eachSwitch((name, { byDefault }) => given[name] ?? byDefault);
}

/** As switchesOf; what means nothing to the method is off. */
export function switchesFor(method: Traits, given: Partial<Switches>): Switches {
  return eachSwitch((name, { byDefault, without }) => without(method) === null && (given[name] ?? byDefault));
}

/** What is said of the switches that are not as by default. */
export function switchWords(how: Switches & { readonly layer: string }): string[] {
  return SWITCH_NAMES.filter((name) => {
    const { byDefault, unsaid }: SwitchFacts = SWITCHES[name];
    return how[name] !== byDefault && !unsaid?.(how);
  }).map((name) => SWITCHES[name].said);
}
