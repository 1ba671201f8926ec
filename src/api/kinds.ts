import { SWITCH_NAMES } from '../attribution/switches.ts';
import { MOST_SECONDS } from '../engine/mostSeconds.ts';
import type { RuntimePreference } from '../engine/requests.ts';
import { MOST_SEED } from '../random.ts';

/** What a setting has to be: in words, and whether a value is. */
interface SettingKind {
  readonly words: string;
  readonly is: (given: unknown) => boolean;
}

const isText = (given: unknown) => typeof given === 'string';
const isNumber = (given: unknown) => typeof given === 'number' && Number.isFinite(given);
const text: SettingKind = { words: 'some text', is: isText };
const isWhole = (given: unknown) => Number.isSafeInteger(given) && (given as number) >= 0;
const whole: SettingKind = { words: 'a whole number from 0', is: isWhole };
const yes: SettingKind = { words: 'true or false', is: (given) => typeof given === 'boolean' };
const textOrNumber: SettingKind = {
  words: 'some text or a number',
  is: (given) => isText(given) || isNumber(given),
};
const listOf = (words: string, is: SettingKind['is']): SettingKind => ({
  words: `a list of ${words}`,
  is: (given) => Array.isArray(given) && given.every(is),
});

const NAMED: Readonly<Record<RuntimePreference, true>> = {
  ...{ auto: true, 'onnxruntime-node': true, 'onnxruntime-web': true, 'tfjs-node': true, 'tfjs-wasm': true },
};
const RUNTIMES = Object.keys(NAMED);

/** Of each setting, for those who ask without types. */
export const KINDS: Readonly<Record<string, SettingKind>> = {
  runtime: { words: `one of ${RUNTIMES.join(', ')}`, is: (given) => RUNTIMES.includes(given as string) },
  ...{ config: text, mask: text, layer: text, method: text },
  instance: whole,
  seed: {
    words: `a whole number from 0 to ${MOST_SEED}`,
    is: (given) => isWhole(given) && (given as number) <= MOST_SEED,
  },
  timeoutSeconds: {
    words: `a number above 0, up to ${MOST_SECONDS}`,
    is: (given) => isNumber(given) && (given as number) > 0 && (given as number) <= MOST_SECONDS,
  },
  ...{ target: textOrNumber, against: textOrNumber },
  ...{ set: listOf('texts', isText), instances: listOf('whole numbers from 0', isWhole) },
  ...{ truncate: yes, negative: yes, ...Object.fromEntries(SWITCH_NAMES.map((name) => [name, yes])) },
  signal: {
    words: 'an AbortSignal',
    is: (given) => typeof (given as AbortSignal | null)?.throwIfAborted === 'function',
  },
  report: { words: 'a function', is: (given) => typeof given === 'function' },
  options: {
    words: 'an object',
    is: (given) => typeof given === 'object' && given !== null && !Array.isArray(given),
  },
};
