import type { Overview, OverviewInstance } from '../../src/overview/overview.ts';
import type { Audit } from '../../src/padding/audit.ts';
import type { ListKind, These } from '../pageView.ts';
import { inOrder } from './inOrder.ts';

/** One instance of the file, with all that it can be found and sorted by. */
export interface Entry {
  /** Position in the overview. */
  readonly at: number;
  readonly instance: OverviewInstance;
  /** Name of the predicted class. */
  readonly predicted: string;
  /** Share of |map| on padding, null for a map that is zero everywhere. */
  readonly padding: number | null;
  /** Changes of the padding under which the answer flips; null where it was not audited. */
  readonly flips: readonly string[] | null;
  /** Why it stands out; empty where it does not. */
  readonly reasons: readonly string[];
}

/** Which instances a list shows. */
export type Kind = ListKind;

/** What of the list is shown. */
export interface Filter {
  readonly kind: Kind;
  /** What kind `these` shows; null where no view has spoken of any. */
  readonly these: These | null;
  /** Part of an instance's name. */
  readonly text: string;
  /** A cell of the confusion matrix. */
  readonly cell: { readonly label: string; readonly predicted: string } | null;
}

/** Every instance. */
export const noFilter: Filter = { kind: 'all', these: null, text: '', cell: null };

/** Of the list of instances. */
export type Column = 'file' | 'id' | 'label' | 'predicted' | 'p' | 'length' | 'padding' | 'flips';

/** What a list is sorted by. */
export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

/** @param audit what it says of another model or file is left aside */
export function entriesOf(
  { instances, classes, outliers, provenance }: Overview,
  audit: Audit | null,
): Entry[] {
  const isSame =
    audit?.provenance.modelHash === provenance.modelHash && audit.provenance.data === provenance.data;
  const flips = new Map((isSame ? audit.instances : []).map((one) => [one.index, one.flips]));
  const reasons = new Map(outliers.map((one) => [one.instance, one.reasons.map(({ sentence }) => sentence)]));
  return instances.map((instance, at) => ({
    at,
    instance,
    predicted: classes[instance.predicted] ?? `class ${instance.predicted}`,
    padding: instance.zones && instance.zones.MIXED + instance.zones.EMPTY,
    flips: flips.get(instance.index) ?? null,
    reasons: reasons.get(at) ?? [],
  }));
}

const fits: Readonly<Record<Kind, (entry: Entry, these: These | null) => boolean>> = {
  all: () => true,
  wrong: ({ instance }) => instance.correct === false,
  right: ({ instance }) => instance.correct === true,
  flips: ({ flips }) => flips !== null && flips.length > 0,
  outlier: ({ reasons }) => reasons.length > 0,
  these: ({ instance }, these) => these?.indices.has(instance.index) ?? false,
};

/** Those that fit the filter, in the order of a column; equal ones stay in the order of the file. */
export function chosen(
  entries: readonly Entry[],
  { kind, these, text, cell }: Filter,
  order: Order,
): Entry[] {
  const part = text.trim().toLowerCase();
  const found = entries.filter(
    (entry) =>
      fits[kind](entry, these) &&
      entry.instance.id.toLowerCase().includes(part) &&
      (!cell || (entry.instance.label === cell.label && entry.predicted === cell.predicted)),
  );
  return inOrder(found, keys[order.column], order.descending);
}

/** How many fit each kind. */
export function countOf(entries: readonly Entry[], kind: Kind, these: These | null): number {
  return entries.filter((entry) => fits[kind](entry, these)).length;
}

const keys: Readonly<Record<Column, (entry: Entry) => string | number>> = {
  file: ({ at }) => at,
  id: ({ instance }) => instance.id,
  label: ({ instance }) => instance.label ?? '',
  predicted: ({ predicted }) => predicted,
  p: ({ instance }) => instance.probability,
  length: ({ instance }) => instance.length,
  padding: ({ padding }) => padding ?? -1,
  flips: ({ flips }) => flips?.length ?? -1,
};
