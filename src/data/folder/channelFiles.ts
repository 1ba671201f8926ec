import { setImmediate as breathe } from 'node:timers/promises';
import { listed } from '../../format.ts';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset } from '../dataset.ts';
import { readFile } from '../readFile.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { channelNames } from './channelNames.ts';
import { channelsOf } from './channelsOf.ts';
import type { FoundFile } from './findFiles.ts';

/** Files of one feature each are about as large as each other. */
const MOST_TIMES_LARGER = 4;

/** One feature of the model, whatever file it lies in. */
function ofOne(options: DataOptions): DataOptions {
  const { features: _, input, ...others } = options;
  return { ...others, ...(input && { input: { ...input, features: 1 } }) };
}

/**
 * Files that hold one feature each of the same instances, as many as the model takes: which is which only their names say.
 * @param read the largest file as it is read otherwise, or why it is not
 * @throws ReadingQuestion `file-per-feature`
 */
export async function askChannels(
  folder: string,
  files: readonly FoundFile[],
  options: DataOptions,
  read: Dataset | Refusal,
  signal?: AbortSignal,
): Promise<void> {
  const wanted = options.input?.features ?? 1;
  if (options.filesAre !== undefined || wanted < 2 || files.length % wanted !== 0) return;
  if (!(read instanceof Refusal) && read.features.length !== 1) return;
  const sizes = files.map(({ size }) => size);
  if (Math.max(...sizes) > MOST_TIMES_LARGER * Math.min(...sizes)) return;
  const one = await readFile(files[0]!, ofOne(options), undefined, signal).catch((error: unknown) => {
    if (error instanceof Refusal && !signal?.aborted) return undefined;
    throw error;
  });
  if (one?.features.length !== 1) return;
  const names = files.map(({ name }) => name);
  const isSet = files.length === wanted;
  throw new ReadingQuestion({
    id: 'file-per-feature',
    sentence: `The ${files.length} files of ${folder} hold one feature each and the model takes ${wanted}: ${isSet ? 'each file may be one feature of the same instances' : `they look like ${files.length / wanted} sets of a file for each feature; give each set as a folder or a pattern of its own`}`,
    ways: isSet
      ? [
          {
            label: `each file is a feature, in the order ${listed(channelNames(names), 9)}`,
            patch: { data: { filesAre: 'features' } },
          },
        ]
      : [],
  });
}

/**
 * Files that are features of the same instances, in the order of their names or of "features".
 * @throws Refusal as readFile does, `channel-files` where they do not fit together; the signal's reason
 */
export async function readChannels(
  folder: string,
  files: readonly FoundFile[],
  options: DataOptions,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<Dataset> {
  const names = channelNames(files.map(({ name }) => name));
  const order = (options.features ?? names).map((name) => {
    const at = names.indexOf(name);
    if (at >= 0) return at;
    throw new Refusal(
      'channel-files',
      `${folder} has no file for the feature ${name}; its files are called ${listed(names, 12)}.`,
    );
  });
  const read: Dataset[] = [];
  for (const [done, at] of order.entries()) {
    const file = files[at]!;
    report?.(done / order.length, `Reading ${file.name} (${done + 1} of ${order.length})`);
    const dataset = await readFile(file, ofOne(options), undefined, signal);
    if (dataset.features.length !== 1) {
      throw new Refusal(
        'channel-files',
        `${file.name} has ${dataset.features.length} features (${listed(dataset.features, 6)}), where each file is to be one ("filesAre": "features").`,
      );
    }
    read.push(dataset);
    await breathe();
  }
  return channelsOf(
    folder,
    order.map((at) => files[at]!),
    order.map((at) => names[at]!),
    read,
  );
}
