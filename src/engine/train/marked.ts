import type { Dataset, Instance } from '../../data/dataset.ts';
import { chooseMask } from '../../preprocess/chooseMask.ts';
import type { MaskChoice } from '../../preprocess/maskChoice.ts';
import { range } from '../../preprocess/series.ts';

/** The data set with padding that stands in the file marked as such, so that no statistics rest on it. */
export function marked(dataset: Dataset, mask: MaskChoice): Dataset {
  return { ...dataset, instances: dataset.instances.map((one) => withMask(one, dataset, mask)) };
}

function withMask(instance: Instance, { features, maskOrigin }: Dataset, choice: MaskChoice): Instance {
  if (instance.mask && choice.kind === 'auto') return instance;
  const { id, index, label, length, lines, line } = instance;
  const values = instance.values;
  const columns = { values, features: features.length, steps: length, source: range(0, length) };
  const ground = {
    ...{ columns, kept: columns, who: `Instance ${id}` },
    ...{ fileMask: instance.mask, fileMaskOrigin: maskOrigin },
  };
  return { id, index, label, length, lines, line, values, mask: chooseMask(choice, ground, []).values };
}
