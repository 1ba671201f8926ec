import { relative } from 'node:path';
import type { RepairedFiles } from '../padding/repairCommand.ts';
import { formatMaskChoice } from '../preprocess/maskChoice.ts';
import type { DataAsked } from './options.ts';

/** The files of this command line and how they are read, as another command line would say it. */
export function repairable({
  model,
  data,
  mask,
  set,
  config,
  truncate,
}: Omit<DataAsked, 'runtime'>): RepairedFiles {
  return {
    model: fromHere(model),
    data: fromHere(data),
    options: [
      ...(mask ? ['--mask', formatMaskChoice(mask)] : []),
      ...(set ?? []).flatMap((one) => ['--set', one]),
      ...(config === undefined ? [] : ['--config', fromHere(config)]),
      ...(truncate ? ['--truncate'] : []),
    ],
  };
}

/** A path as one types it in this folder. */
export function fromHere(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') ? path : near;
}
