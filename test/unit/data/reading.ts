import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import type { Dataset, Instance } from '../../../src/data/dataset.ts';
import { readDataset } from '../../../src/data/readDataset.ts';
import { Refusal } from '../../../src/refusal.ts';

/** Reads text as if it were the file `name`. */
export function readText(text: string, options: DataOptions = {}, name = 'data.csv'): Promise<Dataset> {
  return readBytes(new TextEncoder().encode(text), options, name);
}

export function readBytes(
  content: Uint8Array,
  options: DataOptions = {},
  name = 'data.csv',
): Promise<Dataset> {
  return readDataset({ path: `/nowhere/${name}`, content }, options);
}

/** The refusal a promise ends in; anything else fails the test. */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) {
      return error;
    }
    throw error;
  }
  assert.fail('it was accepted');
}

/** [F][L] */
export function rowsOf({ values, length }: Instance): number[][] {
  return Array.from({ length: values.length / length }, (_, feature) =>
    Array.from(values.subarray(feature * length, (feature + 1) * length)),
  );
}

export function codes({ findings }: Pick<Dataset, 'findings'>): string[] {
  return findings.map(({ code }) => code);
}
