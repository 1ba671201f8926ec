import { basename } from 'node:path';
import { readSmall } from '../../files/readSmall.ts';
import { count } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import { isCalledLabels } from '../labelFile.ts';
import type { FoundFile } from './findFiles.ts';

const LARGEST = 4 << 20;
/** Of the size of a file of series. */
const MOST_OF_SERIES = 0.25;

/** Files that may be features of the same instances, and the file with a label of each: `y_train.txt`. */
export interface Channels {
  readonly files: readonly FoundFile[];
  readonly labels?: FoundFile;
}

/** Sets aside the one file that is called after labels and is smaller than a feature can be. */
export function channelsAndLabels(files: readonly FoundFile[]): Channels {
  const called = files.filter(({ name }) => isCalledLabels(basename(name)));
  const [labels] = called;
  const others = files.filter((file) => file !== labels);
  const largest = Math.max(...others.map(({ size }) => size));
  if (!labels || called.length > 1 || others.length < 2 || labels.size > MOST_OF_SERIES * largest)
    return { files };
  return { files: others, labels };
}

/**
 * The label of each instance, one in each line.
 * @returns undefined where the settings say another place, or none
 * @throws Refusal `channel-files` where there are more or fewer than instances
 */
export async function channelLabels(
  labels: FoundFile | undefined,
  instances: number,
  { label, labelFrom }: Pick<DataOptions, 'label' | 'labelFrom'>,
): Promise<{ readonly of: readonly string[]; readonly file: string } | undefined> {
  if (!labels || label === null || labelFrom !== undefined) return undefined;
  const text = new TextDecoder().decode(await readSmall(labels.path, LARGEST));
  const lines = text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const named = lines.length === instances + 1 && isCalledLabels(lines[0]!);
  const told = named ? lines.slice(1) : lines;
  if (told.length === instances && !told.some((one) => /[,;\t ]/.test(one)))
    return { of: told, file: labels.name };
  throw new Refusal(
    'channel-files',
    `${labels.name} is called after labels, but has ${count(told.length, 'line')}${told.length === instances ? ' of several cells' : ` for ${count(instances, 'instance')}`}; leave it out with a pattern, or set "label" to null under "data" in attribution.json.`,
  );
}
