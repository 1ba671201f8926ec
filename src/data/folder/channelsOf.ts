import { count, listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import type { Dataset, Instance } from '../dataset.ts';
import { LazyInstance } from '../lazyInstance.ts';
import { plainPlan } from '../reading/plainPlan.ts';
import { stepRange } from '../reading/stepRange.ts';
import type { FoundFile } from './findFiles.ts';
import { once } from './folderFindings.ts';

/**
 * One data set of several that hold a feature each.
 * @param labels of each instance, from a file of their own
 * @throws Refusal `channel-files` where they have other instances, other lengths or another class
 */
export function channelsOf(
  folder: string,
  files: readonly FoundFile[],
  features: readonly string[],
  read: readonly Dataset[],
  labels?: { readonly of: readonly string[]; readonly file: string },
): Dataset {
  const [first] = read as [Dataset, ...Dataset[]];
  for (const [at, { instances }] of read.entries()) {
    const differs = (what: string): Refusal =>
      new Refusal('channel-files', `${files[at]!.name} does not go with ${files[0]!.name}: ${what}.`);
    if (instances.length !== first.instances.length) {
      throw differs(
        `it has ${count(instances.length, 'instance')}, the other ${count(first.instances.length, 'instance')}`,
      );
    }
    const other = instances.findIndex((one, index) => one.length !== first.instances[index]!.length);
    if (other >= 0) {
      throw differs(
        `instance ${instances[other]!.id} has ${count(instances[other]!.length, 'step')}, there ${count(first.instances[other]!.length, 'step')}`,
      );
    }
    const label = instances.findIndex((one, index) => one.label !== first.instances[index]!.label);
    if (label >= 0) throw differs(`instance ${instances[label]!.id} has another label`);
  }
  const instances = first.instances.map((one, index) =>
    joined(
      one,
      read.map((dataset) => dataset.instances[index]!),
      labels?.of[index],
    ),
  );
  const plan = {
    ...(first.plan ?? plainPlan(folder, first)),
    file: folder,
    features,
    alternatives: [],
    ...(labels && { labelFrom: labels.file }),
  };
  const sentence = `${folder}: each of ${count(files.length, 'file')} is a feature of the same instances, in the order ${listed(features, 12)}; say "features" under "data" in attribution.json if the model's order is another.`;
  const { cells: _, ...rest } = first;
  return {
    ...rest,
    features: [...features],
    instances,
    findings: [
      { code: 'folder', severity: 'info', sentence },
      ...once(read.flatMap(({ findings }) => findings)),
    ],
    plan: {
      ...plan,
      instances: instances.length,
      steps: stepRange(instances),
      parts: features.map((name, at) => ({ name, role: 'feature', reason: `the file ${files[at]!.name}` })),
    },
  };
}

/** Its rows lie in several files, so none is marked. */
function joined(one: Instance, channels: readonly Instance[], told: string | undefined): Instance {
  const { id, index, length } = one;
  const label = told ?? one.label;
  const masks = channels.flatMap(({ mask }) => (mask ? [mask] : []));
  const mask =
    masks.length > 0
      ? Uint8Array.from({ length }, (_, step) => (masks.every((some) => some[step] === 1) ? 1 : 0))
      : undefined;
  const values = () => {
    const all = new Float64Array(channels.length * length);
    for (const [at, channel] of channels.entries()) all.set(channel.values, at * length);
    return all;
  };
  const times = one.times && (() => one.times!);
  return new LazyInstance({ id, index, label, length, mask }, values, undefined, times);
}
