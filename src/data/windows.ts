import type { Finding } from '../finding.ts';
import { count } from '../format.ts';
import type { DataOptions } from './dataOptions.ts';
import type { Dataset, Instance } from './dataset.ts';
import { refuseTooMany } from './instanceBounds.ts';
import { LazyInstance } from './lazyInstance.ts';
import { stepRange } from './reading/stepRange.ts';

/**
 * Series cut into windows of equal length, as far as they are asked for. A series that is shorter stays whole; what is
 * left at the end is dropped; a window has the label that most of its steps have, of several the one that comes first.
 * @throws Refusal `too-many-values`
 */
export function windowed(dataset: Dataset, { window, step = window }: DataOptions): Dataset {
  if (window === undefined || step === undefined) return dataset;
  const instances: Instance[] = [];
  const seen = { mixed: 0, left: 0, short: 0 };
  for (const whole of dataset.instances) {
    const { length } = whole;
    const windows = length < window ? 1 : Math.floor((length - window) / step) + 1;
    seen.short += length < window ? 1 : 0;
    seen.left += length < window ? 0 : length - ((windows - 1) * step + window);
    const many = instances.length + windows;
    refuseTooMany(dataset.plan?.file ?? 'The data', many, many * window * dataset.features.length);
    for (let at = 0; at < windows; at++) {
      const from = at * step;
      const { label, isMixed } = labelOf(whole, from, Math.min(length, from + window));
      seen.mixed += isMixed ? 1 : 0;
      instances.push(
        cut(whole, { from, to: Math.min(length, from + window), index: instances.length, label }),
      );
    }
  }
  const plan = dataset.plan && {
    ...dataset.plan,
    ...{ instances: instances.length, steps: stepRange(instances), window, step },
  };
  const findings = [...dataset.findings, said(instances.length, window, step, seen)];
  return { ...dataset, instances, findings, ...(plan && { plan }) };
}

function cut(
  whole: Instance,
  { from, to, index, label }: { from: number; to: number; index: number; label: string | undefined },
): Instance {
  const { id, length, mask, line, file } = whole;
  const values = (): Float64Array => {
    const all = whole.values;
    const features = all.length / length;
    const some = new Float64Array(features * (to - from));
    for (let feature = 0; feature < features; feature++) {
      some.set(all.subarray(feature * length + from, feature * length + to), feature * (to - from));
    }
    return some;
  };
  const plain = {
    ...{ id: `${id}@${from}`, index, label, length: to - from, line, file },
    mask: mask?.subarray(from, to),
  };
  return new LazyInstance(
    plain,
    values,
    whole.lines && (() => whole.lines!.subarray(from, to)),
    whole.times && (() => whole.times!.subarray(from, to)),
  );
}

function labelOf({ label, stepLabels }: Instance, from: number, to: number) {
  if (!stepLabels) return { label, isMixed: false };
  const counts = new Map<string, number>();
  for (const one of stepLabels.slice(from, to)) counts.set(one, (counts.get(one) ?? 0) + 1);
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  return { label: first?.[0] || undefined, isMixed: counts.size > 1 };
}

function said(
  windows: number,
  window: number,
  step: number,
  { mixed, left, short }: { mixed: number; left: number; short: number },
): Finding {
  const more = [
    ...(mixed > 0 ? [`${count(mixed, 'window')} with several labels have the most frequent one`] : []),
    ...(left > 0 ? [`${count(left, 'step')} at the end of series are left out`] : []),
    ...(short > 0
      ? [`${count(short, 'series').replace(/seriess$/, 'series')} shorter than that stay whole`]
      : []),
  ];
  return {
    code: 'windows',
    severity: 'info',
    sentence: `The data are cut into ${count(windows, 'window')} of ${window} steps, one every ${count(step, 'step')}${more.length > 0 ? `; ${more.join('; ')}` : ''}.`,
  };
}
