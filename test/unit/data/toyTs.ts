import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readText } from './reading.ts';

/** Of a .ts file of two classes and any number of features. */
export const header =
  '# a comment\n@problemName Toy\n@timeStamps false\n@univariate false\n@classLabel true up down\n@data\n';

/** Reads text as such a file. */
export const read = (text: string, options: DataOptions = {}) => readText(text, options, 'toy.ts');
