import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import type { ColumnRole, PlannedPart } from '../reading/readingPlan.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';

/** What people call the arrays of an archive. The usual name of each stands first. */
const series =
  /^((train|test|val)[_.-]?)?(xs?|data|series|inputs?|input_data|features|samples|signals?|windows?|sequences?|trials|epochs|segments)([_.-]?(train|test|val|valid|validation|all|tr|te|va))?$/i;
const suffix = /[_.-]?(train|test|val|valid|validation|all|(?<=[_.-])(tr|te|va))$/i;
const prefix = /^(train|test|val)[_.-]?(?=[a-z])/i;
const labelOf = [
  ...['y', 'ys', 'labels', 'label', 'targets', 'target', 'classes', 'class'],
  ...['annotations', 'annotation', 'label_ids', 'label_id', 'ground_truth', 'gt'],
];
const lengthNames = [
  'lengths',
  'length',
  'lens',
  'len',
  'seq_len',
  'seq_lens',
  'seq_lengths',
  'sequence_lengths',
  'n_steps',
  'num_steps',
];
const maskNames = [
  'mask',
  'masks',
  'padding_mask',
  'pad_mask',
  'attention_mask',
  'key_padding_mask',
  'src_key_padding_mask',
  'valid',
  'valid_mask',
];

/** Whether an array is the mask by its name. */
export function isMaskName(name: string): boolean {
  return maskNames.includes(name.toLowerCase());
}

const MOST_ASKED = 6;

/** Which array of a .npz is what. */
export interface ArrayRoles {
  readonly x: string;
  readonly y?: string;
  readonly mask?: string;
  readonly lengths?: string;
  /** Arrays without a role. */
  readonly aside: readonly string[];
  /** The labels were found by their values. */
  readonly byLook?: boolean;
  /** The labels are those that "label" names. */
  readonly isGiven?: boolean;
}

/** What settings and headers say of the arrays. */
interface Known {
  /** The array of the series, as "array" names it. */
  readonly array?: string | undefined;
  /** That of the labels; null where there are none. */
  readonly label?: string | null | undefined;
  /** The shape of an array, where it is known before the array is read. */
  readonly dims?: (name: string) => readonly number[] | undefined;
}

/**
 * Which array is what, by name; the one of several series is asked for.
 * @throws Refusal `no-x`; ReadingQuestion `several-arrays`, `no-x`
 */
export function arrayRoles(names: readonly string[], fileName: string, known: Known = {}): ArrayRoles {
  const x = seriesName(names, fileName, known);
  const part = suffix.exec(x)?.[0] ?? '';
  const front = prefix.exec(x)?.[0] ?? '';
  const find = (wanted: readonly string[]): string | undefined =>
    wanted
      .flatMap((name) => [...new Set([`${front}${name}${part}`, name])])
      .flatMap((name) =>
        names.filter((there) => there !== x && there.toLowerCase() === name.toLowerCase()),
      )[0];
  const named = names.find((name) => name === known.label && name !== x);
  const usual = find(labelOf) ?? (x === 'arr_0' && names.includes('arr_1') ? 'arr_1' : undefined);
  const y = known.label === null ? undefined : (named ?? usual);
  const mask = find(maskNames);
  const lengths = find(lengthNames);
  const used = [x, y, mask, lengths, 'feature_names', 'instance_ids'];
  const aside = names.filter((name) => !used.includes(name));
  return { x, y, mask, lengths, aside, isGiven: named !== undefined };
}

function seriesName(names: readonly string[], fileName: string, { array: given, dims }: Known): string {
  if (given !== undefined && names.includes(given)) return given;
  if (given !== undefined) {
    const what = `${fileName} has no array "${given}", which "array" under "data" names`;
    throw noSeries(names, what, `it holds ${listed(names, 12)}`);
  }
  const usual = ['x', 'X', 'arr_0'].find((name) => names.includes(name));
  if (usual !== undefined) return usual;
  const found = names.filter((name) => series.test(name));
  if (found.length === 1) return found[0]!;
  if (found.length === 0 && names.length === 1) return names[0]!;
  const only = found.length === 0 && dims ? onlySeries(names, dims) : undefined;
  if (only !== undefined) return only;
  if (found.length > 1) {
    throw new ReadingQuestion({
      id: 'several-arrays',
      sentence: `${fileName} holds several arrays that may be the series (${listed(found, 12)}) and none named "x"`,
      ways: found.map((name) => ({ label: `${name} holds the series`, patch: { data: { array: name } } })),
    });
  }
  const there = names.length > 0 ? `it holds ${listed(names, 12)}` : 'it holds no array';
  throw noSeries(names, `${fileName} has no array "x" [N, F, T] with the series`, there);
}

/** The one array with an axis for instances, features and steps, where each of the others goes with one of them. */
function onlySeries(names: readonly string[], dims: NonNullable<Known['dims']>): string | undefined {
  const [one, ...more] = names.filter((name) => dims(name)?.length === 3);
  const axes = one === undefined || more.length > 0 ? undefined : dims(one);
  const isBeside = (name: string): boolean => {
    const shape = dims(name);
    return shape !== undefined && shape.length < 3 && (shape.length === 0 || axes!.includes(shape[0]!));
  };
  return axes && names.every((name) => name === one || isBeside(name)) ? one : undefined;
}

/** Asks which of the others it is, where some may be. */
function noSeries(names: readonly string[], what: string, there: string): Refusal {
  const sides = [...labelOf, ...lengthNames, ...maskNames, 'feature_names', 'instance_ids'];
  const others = names.filter((name) => !sides.includes(name.toLowerCase())).slice(0, MOST_ASKED);
  if (others.length === 0) {
    return new Refusal('no-x', `${what}; ${there}. Name it as "array" under "data" in attribution.json.`);
  }
  return new ReadingQuestion({
    id: 'no-x',
    sentence: `${what}; ${there}`,
    ways: others.map((name) => ({ label: `${name} holds the series`, patch: { data: { array: name } } })),
  });
}

/** Arrays under unusual names, and those that nothing is done with, are said. */
export function roleFindings(
  { x, y: labels, mask, lengths, aside, byLook, isGiven }: ArrayRoles,
  fileName: string,
  called = 'array',
): Finding[] {
  const y = byLook || isGiven ? undefined : labels;
  const told = [
    ...(['x', 'X'].includes(x) || (labels === undefined && x !== 'arr_0') ? [] : [`${x} as the series`]),
    ...(y === undefined || y === 'y' ? [] : [`${y} as the labels`]),
    ...(mask === undefined || mask === 'mask' ? [] : [`${mask} as the mask`]),
    ...(lengths === undefined || lengths === 'lengths' ? [] : [`${lengths} as the lengths`]),
  ];
  const findings: Finding[] = [];
  if (told.length > 0) {
    const sentence = `${fileName}: ${called} ${told.join(', ')} (by their names).`;
    findings.push({ code: 'arrays-inferred', severity: 'info', sentence });
  }
  if (aside.length > 0) {
    const sentence = `${fileName}: ${aside.length === 1 ? called : `${called}s`} ${listed(aside, 12)} beside the series not used.`;
    findings.push({ code: 'arrays-ignored', severity: 'info', sentence });
  }
  return findings;
}

/** The arrays of the file with their roles, for the plan. */
export function arrayParts(
  { x, y, mask, lengths, byLook, isGiven }: ArrayRoles,
  names: readonly string[],
): PlannedPart[] {
  const why = isGiven ? 'attribution.json says so' : byLook ? 'its values say so' : undefined;
  const roles: readonly (readonly [string | undefined, ColumnRole])[] = [
    [x, 'feature'],
    [y, 'label'],
    [mask, 'mask'],
    [lengths, 'length'],
    ['feature_names', 'names'],
    ['instance_ids', 'ids'],
  ];
  return names.map((name) => {
    const role = roles.find(([known]) => known === name)?.[1];
    return role
      ? { name, role, reason: (name === y ? why : undefined) ?? 'its name says so' }
      : { name, role: 'aside', reason: 'no role was found for it' };
  });
}

/**
 * Where other labels would be taken than those that are asked for.
 * @throws Refusal `unknown-column`
 */
export function refuseMissingLabels(
  names: readonly string[],
  label: string | null | undefined,
  fileName: string,
  called: string,
): void {
  // Those of a matrix are columns of it.
  if (label === undefined || label === null || names.includes(label) || /^column \d+$/.test(label)) return;
  throw new Refusal(
    'unknown-column',
    `${fileName} has no ${called} "${label}" (wanted for "label"); it holds ${listed(names, 12)}.`,
  );
}
