import { breaks } from '../../breaks.ts';
import type { Dataset, Instance } from '../../data/dataset.ts';
import { LazyInstance } from '../../data/lazyInstance.ts';
import type { Finding } from '../../finding.ts';
import { chooseMask } from '../../preprocess/chooseMask.ts';
import { foundIn } from '../../preprocess/foundMask.ts';
import type { MaskChoice } from '../../preprocess/maskChoice.ts';
import { range } from '../../preprocess/series.ts';
import { type FileFill, usualFill } from '../../preprocess/usualFill.ts';
import { SaidOfSeries } from '../reading/saidOfData.ts';

/**
 * The data set with padding that stands in the file marked as such, so that no statistics rest on it.
 * @throws Refusal `mask-not-read`, `empty-mask`; the signal's reason when cancelled
 */
export async function marked(dataset: Dataset, mask: MaskChoice, signal?: AbortSignal): Promise<Dataset> {
  const fill = usualFill(dataset.instances, dataset.features.length);
  const instances: Instance[] = [];
  const pause = breaks(signal);
  const noticed = new SaidOfSeries();
  for (const one of dataset.instances) {
    await pause();
    const findings: Finding[] = [];
    instances.push(withMask(one, dataset, mask, fill, findings));
    noticed.add({ findings });
  }
  // A mask that is found is none of the file's, to be compared with how the padding looks.
  const maskOrigin = isOfFile(mask) ? dataset.maskOrigin : undefined;
  return { ...dataset, maskOrigin, instances, findings: [...dataset.findings, ...noticed.findings] };
}

function withMask(
  instance: Instance,
  { features, maskOrigin }: Dataset,
  choice: MaskChoice,
  fill: FileFill,
  findings: Finding[],
): Instance {
  if (instance.mask && choice.kind === 'auto') return instance;
  const { id, index, label, length, file: name, line, lines } = instance;
  const place = { ...(name !== undefined && { file: name }), ...(line !== undefined && { line }) };
  const source = range(0, length);
  const raw = { values: instance.values, features: features.length, steps: length, source, fill };
  const who = `Instance ${id}`;
  const file = { fileMask: instance.mask, fileMaskOrigin: maskOrigin };
  const mask = isColumn(choice)
    ? chooseMask(choice, { columns: raw, kept: raw, who, ...file }, findings).values
    : (foundIn(raw, choice, who, findings) ?? new Uint8Array(length).fill(1));
  // Unpacked when they are asked for: all of them at once take twice the memory of the file.
  const lazily = lines && (() => instance.lines!);
  return new LazyInstance({ id, index, label, length, ...place, mask }, () => instance.values, lazily);
}

function isColumn({ kind }: MaskChoice): boolean {
  return kind === 'mask-column' || kind === 'length-column';
}

function isOfFile(choice: MaskChoice): boolean {
  return choice.kind === 'auto' || isColumn(choice);
}
