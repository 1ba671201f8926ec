import { setImmediate as breathe } from 'node:timers/promises';
import { listed } from '../../format.ts';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import { numberedColumns } from '../csv/stepNames.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset } from '../dataset.ts';
import { readFile } from '../readFile.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { type Channels, channelLabels } from './channelLabels.ts';
import { areChannels, channelNames } from './channelNames.ts';
import { channelsOf } from './channelsOf.ts';
import type { FoundFile } from './findFiles.ts';

/** Files of one feature each are about as large as each other. */
const MOST_TIMES_LARGER = 4;
/** Of a series in a row. */
const FEWEST_STEPS = 16;

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
  { files, labels }: Channels,
  options: DataOptions,
  read: Dataset | Refusal,
  signal?: AbortSignal,
): Promise<void> {
  if (options.input === undefined) return askByName(folder, { files, labels }, options, read, signal);
  const wanted = options.input.features;
  if (options.filesAre !== undefined || wanted < 2 || files.length % wanted !== 0) return;
  if (!(read instanceof Refusal) && read.features.length !== 1) return;
  if (!areAlikeLarge(files)) return;
  const one = await readFile(files[0]!, ofOne(options), undefined, signal).catch((error: unknown) => {
    if (error instanceof Refusal && !signal?.aborted) return undefined;
    throw error;
  });
  if (one?.features.length !== 1 || namesSignals(one)) return;
  const names = files.map(({ name }) => name);
  const isSet = files.length === wanted;
  throw new ReadingQuestion({
    id: 'file-per-feature',
    sentence: `The ${files.length} files of ${folder} hold one feature each and the model takes ${wanted}: ${isSet ? `each file may be one feature of the same instances${labelled(labels)}` : `they look like ${files.length / wanted} sets of a file for each feature; give each set as a folder or a pattern of its own`}`,
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

/** Columns with words for names, which are signals of their own and no steps of one. */
function namesSignals({ plan }: Dataset): boolean {
  const steps = plan?.parts.filter(({ role }) => role === 'steps').map(({ name }) => name) ?? [];
  if (steps.length < 2 || plan?.table?.header.length === 0) return false;
  const columns = steps.map((_, at) => at);
  return numberedColumns(steps, columns, 2)?.others.length !== 0;
}

function areAlikeLarge(files: readonly FoundFile[]): boolean {
  const sizes = files.map(({ size }) => size);
  return Math.max(...sizes) <= MOST_TIMES_LARGER * Math.min(...sizes);
}

/**
 * No model says how many features there are: the names of the files tell axes or sensors apart (`body_acc_x`, `body_acc_y`),
 * and each holds as many rows of as many numbers.
 * @throws ReadingQuestion `file-per-feature`
 */
async function askByName(
  folder: string,
  { files, labels }: Channels,
  options: DataOptions,
  read: Dataset | Refusal,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { filesAre, label, labelFrom, layout, features, window } = options;
  const isSettled = [filesAre, label, labelFrom, layout, features, window].some((one) => one !== undefined);
  const names = files.map(({ name }) => name);
  if (isSettled || !areChannels(names) || !areAlikeLarge(files)) return;
  const wide = { ...options, layout: 'wide' } as const;
  const [one, other] = await Promise.all(
    files.slice(0, 2).map((file) =>
      readFile(file, wide, undefined, signal).catch((error: unknown) => {
        if (error instanceof Refusal && !signal?.aborted) return undefined;
        throw error;
      }),
    ),
  );
  const isOne = !(read instanceof Refusal) && (read.layout === 'wide' || hasNoNames(read));
  const isTable = one !== undefined && (one.instances[0]?.length ?? 0) >= FEWEST_STEPS;
  if (
    !isTable ||
    !(isOne || read instanceof ReadingQuestion) ||
    one.instances.length !== other?.instances.length
  )
    return;
  if (one.instances.some(({ length }, at) => length !== other.instances[at]!.length)) return;
  throw new ReadingQuestion({
    id: 'file-per-feature',
    sentence: `The ${files.length} files of ${folder} are named like axes or sensors and hold ${one.instances.length} rows of as many numbers each: each file may be one feature of the same instances${labelled(labels)}`,
    ways: [
      {
        label: `each file is a feature, in the order ${listed(channelNames(names), 9)}`,
        gives: `${one.instances.length} instances`,
        patch: { data: { filesAre: 'features', layout: 'wide' } },
      },
      {
        label: 'every row is an instance of its own',
        patch: { data: { filesAre: 'instances', layout: 'wide' } },
      },
    ],
  });
}

function labelled(labels: FoundFile | undefined): string {
  return labels ? `, with their labels in ${labels.name}` : '';
}

/** Columns that nothing names, one beside the other. */
function hasNoNames({ features }: Dataset): boolean {
  return features.length >= FEWEST_STEPS && features.every((name) => /^column \d+$/.test(name));
}

/**
 * Files that are features of the same instances, in the order of their names or of "features".
 * @throws Refusal as readFile does, `channel-files` where they do not fit together; the signal's reason
 */
export async function readChannels(
  folder: string,
  { files, labels }: Channels,
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
    await channelLabels(labels, read[0]!.instances.length, options),
  );
}
