import { setImmediate as breathe } from 'node:timers/promises';
import type { Finding } from '../../finding.ts';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset, Instance } from '../dataset.ts';
import { refuseTooMany } from '../instanceBounds.ts';
import { readFile } from '../readFile.ts';
import { plainPlan } from '../reading/plainPlan.ts';
import type { Alternative } from '../reading/readingPlan.ts';
import { stepRange } from '../reading/stepRange.ts';
import { alikeFirst, likeFirst } from './alike.ts';
import { askChannels, readChannels } from './channelFiles.ts';
import { channelsAndLabels } from './channelLabels.ts';
import { compact } from './compact.ts';
import { askFeatureOrder } from './featureOrders.ts';
import type { FolderFiles, FoundFile } from './findFiles.ts';
import { folderFindings, once } from './folderFindings.ts';
import { folderLabels, labelsLeftOpen, placeWords } from './folderLabels.ts';
import { instancesOf } from './instancesOf.ts';
import { joinParts } from './joinParts.ts';
import { labelTable } from './labelTable.ts';
import { askLabelWithin } from './labelWithin.ts';
import { askParts } from './parts.ts';
import { sayStatic, staticFeatures, withoutFeatures } from './staticFeatures.ts';

/**
 * Files as one data set, in the order of their names: the largest says how all are read, the names may say the class.
 * @throws Refusal as readFile does, `folder-columns` where a file differs; ReadingQuestion; the signal's reason
 */
export async function readFolder(
  folder: FolderFiles,
  options: DataOptions,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<Dataset> {
  const { name } = folder;
  const table = await labelTable(folder, options);
  const all = folder.files.filter((file) => file !== table?.file);
  const channels = channelsAndLabels(all);
  const aside = options.filesAre === 'instances' ? channels.labels : undefined;
  const files = aside ? channels.files : all;
  const largest = files.reduce((most, file) => (file.size > most.size ? file : most));
  if (options.filesAre === 'features') return readChannels(name, channels, options, report, signal);
  const tried = await readFile(largest, options, undefined, signal).catch((error: unknown) => {
    if (error instanceof Refusal && !signal?.aborted) return error;
    throw error;
  });
  await askChannels(name, channels, options, tried, signal);
  if (tried instanceof Refusal) throw tried;
  const pattern = tried;
  const alike = likeFirst(pattern, options);
  const read: Dataset[] = [];
  let cells = 0;
  for (const [at, file] of files.entries()) {
    signal?.throwIfAborted();
    report?.(at / files.length, `Reading ${file.name} (${at + 1} of ${files.length})`);
    const dataset = file === largest ? pattern : await readFile(file, alike, undefined, signal);
    alikeFirst({ name: largest.name, dataset: pattern }, { name: file.name, dataset }, options);
    read.push(compact(dataset, pattern));
    cells += dataset.instances.reduce((sum, { length }) => sum + length * dataset.features.length, 0);
    refuseTooMany(name, read.length, cells);
    await breathe();
  }
  askFeatureOrder(name, read, options);
  const isLabelled = read.some(({ instances }) => instances.some(({ label }) => label !== undefined));
  const names = files.map((file) => file.name);
  if (isLabelled && !table) askLabelWithin(name, names, [pattern.plan, read], options);
  const labels =
    options.label === null || options.labelFrom === 'table' || (isLabelled && options.labelFrom === undefined)
      ? undefined
      : table && options.labelFrom === undefined
        ? { labels: files.map((file) => table.labels.get(file.name)!), place: table.place }
        : folderLabels(name, names, options);
  const parts = read.map((dataset, at) => ({ name: files[at]!.name, dataset, label: labels?.labels[at] }));
  askParts(name, parts, options);
  if (options.filesAre === 'parts') return joinParts(name, parts, pattern);
  const isOpen = !labels && !isLabelled && options.label === undefined && options.labelFrom === undefined;
  const open = isOpen ? labelsLeftOpen(name, names) : [];
  const odd = staticFeatures(name, read, options, labels !== undefined || isLabelled);
  const kept = withoutFeatures(pattern, odd);
  const instances: Instance[] = [];
  for (const [at, dataset] of read.entries()) {
    const how = {
      features: featuresOf(kept, dataset),
      label: labels?.labels[at],
      first: instances.length,
    };
    instances.push(...instancesOf(dataset, files[at]!, how));
  }
  const { findings: _, plan, cells: places, ...rest } = kept;
  const own = pattern.cells?.columns.join();
  const samePlaces = read.every(({ cells }) => cells?.columns.join() === own);
  return {
    ...rest,
    ...(places && samePlaces && { cells: places }),
    instances,
    maskOrigin: read.find(({ maskOrigin }) => maskOrigin !== undefined)?.maskOrigin,
    findings: [
      ...folderFindings({ ...folder, files, tables: folder.tables.filter((file) => file !== table?.file) }),
      ...(aside ? [labelsAside(aside)] : []),
      ...open,
      ...once(
        sayStatic(
          name,
          odd,
          read.flatMap(({ findings }) => findings),
        ),
      ),
    ],
    plan: {
      ...(plan ?? plainPlan(name, kept)),
      file: name,
      ...(labels && { labelFrom: placeWords(labels.place), alternatives: noLabel(plan?.alternatives) }),
      instances: instances.length,
      steps: stepRange(instances),
    },
  };
}

function labelsAside({ name }: FoundFile): Finding {
  const sentence = `${name} is called after labels and is left aside: it says no class of each row of several files.`;
  return { code: 'columns-ignored', severity: 'info', sentence };
}

/** That the names say no class, beside what else the files could be. */
function noLabel(others: readonly Alternative[] = []): Alternative[] {
  return [...others, { label: 'the names say no class', patch: { data: { label: null } } }];
}

/** By name where a file has the same names in another order; else as they stand. */
function featuresOf(pattern: Dataset, { features }: Dataset): readonly string[] {
  return pattern.features.every((name) => features.includes(name)) ? pattern.features : features;
}
