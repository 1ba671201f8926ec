import { Refusal } from '../../refusal.ts';

/** An object of model.json: nothing in it has been checked. */
export type UnknownObject = Readonly<Record<string, unknown>>;

/** The file is JSON, but not as TensorFlow.js writes it. `where` is fit for the beginning of a sentence. */
export function broken(where: string, what: string): Refusal {
  return new Refusal('broken-model', `${where} ${what}; convert the model again.`);
}

/** False for lists and null. */
export function isObject(value: unknown): value is UnknownObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws Refusal `broken-model`, as all below */
export function objectAt(value: unknown, where: string): UnknownObject {
  if (!isObject(value)) throw broken(where, 'is not an object');
  return value;
}

/**
 * @param where as the sentence calls the place
 * @throws Refusal `broken-model`
 */
export function listAt(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw broken(where, 'is not a list');
  return value;
}

/**
 * @param where as the sentence calls the place
 * @throws Refusal `broken-model`
 */
export function textAt(value: unknown, where: string): string {
  if (typeof value !== 'string') throw broken(where, 'is not a text');
  return value;
}

/** A whole number, which protobuf's JSON may write as a text. */
export function wholeAt(value: unknown, where: string): number {
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
    throw broken(where, 'is not a whole number');
  }
  return number;
}

/**
 * @param where as the sentence calls the place
 * @throws Refusal `broken-model`
 */
export function finiteAt(value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw broken(where, 'is not a finite number');
  return value;
}
