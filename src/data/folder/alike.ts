import { listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset } from '../dataset.ts';

/** How the other files are read: as the first was. What a table without names shows is looked at in each. */
export function likeFirst({ plan, layout, format }: Dataset, options: DataOptions): DataOptions {
  if (layout === 'transposed') return { ...options, layout };
  if (!plan?.table || plan.table.header.length === 0 || format === 'parquet') return options;
  const named = (role: string) => plan.parts.filter((part) => part.role === role).map(({ name }) => name);
  const [time] = named('time');
  const [label] = named('label');
  const cases = named('case');
  if (layout !== 'long' && layout !== 'single') return options;
  return {
    ...options,
    layout,
    time: time ?? null,
    label: label ?? null,
    ...(cases.length > 0 && { case: cases }),
    features: plan.features,
  };
}

interface Named {
  readonly name: string;
  readonly dataset: Dataset;
}

/** @throws Refusal `folder-columns` */
export function alikeFirst(first: Named, other: Named, options: DataOptions): void {
  const [a, b] = [first.dataset, other.dataset];
  const columns = (one: Dataset): readonly string[] =>
    options.features === undefined ? (one.columns ?? one.features) : one.features;
  const [own, wanted] = [columns(b), columns(a)];
  const isWide = a.layout === 'wide' && b.layout === 'wide';
  const same = isWide
    ? a.features.length === b.features.length
    : own.length === wanted.length && wanted.every((name) => own.includes(name));
  if (same && a.layout === b.layout && a.features.length === b.features.length) return;
  const what = a.layout === b.layout ? '' : ` (${b.layout}, not ${a.layout})`;
  throw new Refusal(
    'folder-columns',
    `${other.name} is not made like ${first.name}${what}: its columns are ${listed(own)}, there they are ${listed(wanted)}; one data set has the same columns in every file.`,
  );
}
