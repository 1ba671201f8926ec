import { extname } from 'node:path';
import { count, listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import { largestFile } from '../byteSource.ts';
import { companionsOf } from '../numpy/companions.ts';
import type { FolderFiles, Found, FoundFile } from './findFiles.ts';
import { isLabelTable } from './labelTable.ts';

const kind = /\.(csv|tsv|tab|txt|dat|psv|ts|arff|parquet|npz|npy)$/i;

/** In lower case, without what packs it. */
export function endingOf(name: string): string | undefined {
  const plain = name.replace(/\.gz$/i, '');
  return kind.test(plain) ? extname(plain).toLowerCase() : undefined;
}

/** More texts than this, and than other files, may be the data. */
const MOST_NOTES = 3;

/**
 * The files of one ending: texts beside others are notes, unless they are more; tables called after labels belong to others.
 * @param most bytes of all of them
 * @throws Refusal `folder-empty`, `folder-mixed`, `file-too-large`
 */
export function ofOneKind(
  name: string,
  { files, links }: Found,
  what: 'folder' | 'pattern',
  most = largestFile,
): FolderFiles {
  const beside = new Set(files.flatMap(({ path }) => Object.values(companionsOf(path))));
  const own = files.filter(({ path }) => !beside.has(path));
  const kinds = new Map<string, FoundFile[]>();
  for (const file of own) {
    const ending = endingOf(file.name)!;
    const some = kinds.get(ending) ?? [];
    kinds.set(ending, some);
    some.push(file);
  }
  const take = (fits: (some: readonly FoundFile[], ending: string) => boolean) =>
    [...kinds].flatMap(([ending, some]) => {
      if (kinds.size < 2 || !fits(some, ending)) return [];
      kinds.delete(ending);
      return [{ ending, some }];
    });
  const tables = take((some) => some.every(isLabelTable)).flatMap(({ some }) => some);
  const notes = take(
    (some, ending) =>
      (ending === '.txt' || ending === '.dat') &&
      some.length <= Math.max(MOST_NOTES, [...kinds.values()].flat().length - some.length),
  ).map(({ ending, some }) => count(some.length, `${ending} file`));
  const [first, ...others] = kinds.values();
  if (!first) {
    const linked = links > 0 ? ` (${links} links are not followed)` : '';
    throw new Refusal(
      'folder-empty',
      `The ${what} ${name} has no data files${linked}: .csv, .tsv, .txt, .dat, .psv (each also as .gz), .ts, .arff, .parquet, .npz or .npy.`,
    );
  }
  if (others.length > 0) {
    const counts = [...kinds].map(([ending, some]) => `${some.length} ${ending}`);
    throw new Refusal(
      'folder-mixed',
      `The ${what} ${name} has data files of several kinds (${listed(counts)}); name those that are meant with a pattern such as "${what === 'folder' ? name : '.'}/**/*${[...kinds.keys()][0]}".`,
    );
  }
  const bytes = first.reduce((total, { size }) => total + size, 0);
  if (bytes > most) {
    throw new Refusal(
      'file-too-large',
      `The files of ${name} have ${(bytes / 2 ** 30).toFixed(1)} GB together; at most 1 GB is read.`,
    );
  }
  return { name, files: first, tables, links, notes };
}
