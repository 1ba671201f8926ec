import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const series = /^(x|data|series|inputs?|features|samples|signals?|windows?)(?=$|[_.-])/i;
const side = {
  y: ['y', 'labels', 'label', 'targets', 'target'],
  mask: ['mask', 'masks', 'padding_mask'],
  lengths: ['lengths', 'lens', 'seq_len', 'seq_lens'],
} as const;

/** Files beside a .npy that belong to it by their names: `X_train.npy` and `y_train.npy`, `lengths_train.npy`. */
export interface Companions {
  readonly y?: string;
  readonly mask?: string;
  readonly lengths?: string;
}

/** Paths by role; empty for a file whose name is none of a series. */
export function companionsOf(path: string): Companions {
  const [stem, ending] = /^(.*)(\.npy)$/i.exec(basename(path))?.slice(1) ?? [];
  const rest = stem === undefined || !series.test(stem) ? undefined : stem.replace(series, '');
  if (rest === undefined) return {};
  const folder = dirname(path);
  const there = new Map(namesIn(folder).map((name) => [name.toLowerCase(), name]));
  const find = (words: readonly string[]) =>
    words.flatMap((word) => there.get(`${word}${rest}${ending}`.toLowerCase()) ?? [])[0];
  const found = Object.entries(side).flatMap(([role, words]) => {
    const name = find(words);
    return name === undefined ? [] : [[role, join(folder, name)]];
  });
  return Object.fromEntries(found) as Companions;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
