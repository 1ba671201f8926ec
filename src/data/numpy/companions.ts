import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Refusal } from '../../refusal.ts';

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

/**
 * Paths by role; empty for a file whose name is none of a series.
 * @throws Refusal `link-outside` where one that is taken by its name alone is a link out of the folder
 */
export function companionsOf(path: string): Companions {
  const [stem, ending] = /^(.*)(\.npy)$/i.exec(basename(path))?.slice(1) ?? [];
  const rest = stem === undefined || !series.test(stem) ? undefined : stem.replace(series, '');
  if (rest === undefined) return {};
  const folder = dirname(path);
  const there = namesIn(folder);
  const find = (words: readonly string[]) =>
    words.flatMap((word) => there.get(`${word}${rest}${ending}`.toLowerCase()) ?? [])[0];
  const found = Object.entries(side).flatMap(([role, words]) => {
    const name = find(words);
    if (name === undefined) return [];
    refuseLinkOut(path, join(folder, name));
    return [[role, join(folder, name)]];
  });
  return Object.fromEntries(found) as Companions;
}

/** Nobody has named it, so it must not lead where its reader has nothing to look for; a series that is a link itself has its like. */
function refuseLinkOut(series: string, file: string): void {
  const isLink = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (!isLink(file) || isLink(series) || realFolder(file) === realpathSync(dirname(series))) return;
  const [name, of] = [basename(file), basename(series)];
  const sentence = `${name}, which belongs to ${of} by its name, is a link out of its folder and is not followed; put the file itself there, or call it otherwise if it does not belong to it.`;
  throw new Refusal('link-outside', sentence);
}

function realFolder(path: string): string | undefined {
  try {
    return dirname(realpathSync(path));
  } catch {
    return undefined;
  }
}

/** ms */
const SETTLED = 2000;

type Names = ReadonlyMap<string, string>;

let listed: { readonly folder: string; readonly stamp: string; readonly names: Names } | undefined;

/** As they are written, by lower case. A folder of thousands of arrays is listed once for all of them. */
function namesIn(folder: string): Names {
  try {
    const { mtimeNs, ino } = statSync(folder, { bigint: true });
    const stamp = `${mtimeNs} ${ino}`;
    if (listed?.folder === folder && listed.stamp === stamp) return listed.names;
    const names = new Map(readdirSync(folder).map((name) => [name.toLowerCase(), name]));
    // A folder that has just changed may change again within one tick of its clock.
    const settled = Date.now() - Number(mtimeNs / 1_000_000n) > SETTLED;
    listed = settled ? { folder, stamp, names } : undefined;
    return names;
  } catch {
    return new Map();
  }
}
