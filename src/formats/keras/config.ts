import { Refusal } from '../../refusal.ts';

/** What a config holds: nothing in it has been checked. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** An object of a config, its keys as Keras wrote them. */
export type JsonObject = { readonly [key: string]: Json };

/** False for lists and null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sizes no series needs; what is larger would only fill the memory. */
const LARGEST = 2 ** 24;

/** What a layer's configuration says, read with its types checked: the file may say anything. */
export class Config {
  /**
   * @param title how sentences call the layer, e.g. `Layer "conv1" (Conv1D)`
   */
  constructor(
    readonly json: JsonObject,
    readonly title: string,
  ) {}

  /** The value as it stands; undefined where it is left out or null. */
  get(key: string): Json | undefined {
    return Object.hasOwn(this.json, key) ? (this.json[key] ?? undefined) : undefined;
  }

  number(key: string, fallback?: number): number {
    const value = this.get(key) ?? fallback;
    // Keras writes special floats and arrays as objects with their own class.
    const plain = isObject(value) && isObject(value.config) ? value.config.value : value;
    return typeof plain === 'number' && Number.isFinite(plain) ? plain : this.wrong(key, 'a number');
  }

  /** A whole number from `least` to 2^24. */
  count(key: string, fallback?: number, least = 0): number {
    return this.#whole(key, this.get(key) ?? fallback, least);
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.get(key) ?? fallback;
    return typeof value === 'boolean' ? value : this.wrong(key, 'true or false');
  }

  text(key: string, fallback?: string): string {
    const value = this.get(key) ?? fallback;
    return typeof value === 'string' ? value : this.wrong(key, 'a text');
  }

  /** One of these words. */
  word<W extends string>(key: string, words: readonly W[], fallback: W): W {
    const value = this.text(key, fallback);
    return words.find((word) => word === value) ?? this.refuse(`"${key}" is "${value}"`);
  }

  /** `rank` whole numbers, or one that holds for all of them. */
  counts(key: string, rank: number, fallback?: number, least = 1): number[] {
    const value = this.get(key) ?? fallback;
    const list = Array.isArray(value) && value.length === 1 && rank > 1 ? value[0] : value;
    const all = Array.isArray(list) ? list : Array.from({ length: rank }, () => list);
    if (all.length !== rank) this.wrong(key, `${rank} whole numbers`);
    return all.map((one) => this.#whole(key, one, least));
  }

  /** Whole numbers of any sign, as axes are. */
  integers(key: string, fallback?: readonly number[]): number[] {
    const value = this.get(key) ?? fallback;
    const all = Array.isArray(value) ? value : [value];
    return all.map((one) =>
      typeof one === 'number' && Number.isInteger(one) && Math.abs(one) <= LARGEST
        ? one
        : this.wrong(key, 'whole numbers'),
    );
  }

  numbers(value: Json | undefined, key: string): number[] {
    const flat = (one: Json | undefined): number[] =>
      Array.isArray(one)
        ? one.flatMap(flat)
        : typeof one === 'number'
          ? [one]
          : isObject(one) && isObject(one.config)
            ? flat(one.config.value)
            : this.wrong(key, 'numbers');
    return flat(value);
  }

  wrong(key: string, wanted: string): never {
    const shown = JSON.stringify(this.get(key) ?? null).slice(0, 60);
    throw new Refusal('broken-model', `${this.title} has "${key}" ${shown}, where ${wanted} should stand.`);
  }

  /** @param what half a sentence about the layer's configuration that is not supported */
  refuse(what: string): never {
    throw new Refusal(
      'unsupported-layer',
      `${this.title} is not supported where ${what}; export the model to ONNX where it was trained.`,
    );
  }

  #whole(key: string, value: Json | undefined, least: number): number {
    return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= LARGEST
      ? value
      : this.wrong(key, `a whole number from ${least} to ${LARGEST}`);
  }
}
