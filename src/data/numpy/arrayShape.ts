import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';
import type { ExpectedInput } from '../dataOptions.ts';

/** How the axes of an array are understood. Strides count elements. */
export interface ArrayShape {
  readonly instances: number;
  readonly features: number;
  readonly length: number;
  readonly strides: { readonly instance: number; readonly feature: number; readonly step: number };
  /** It is float32 and has the model's input shape: nothing is to be done to it any more. */
  readonly prepared: boolean;
  readonly findings: readonly Finding[];
}

/** What names, mask and lengths beside the array say of its axes. */
export interface BesideShape {
  readonly features?: number | undefined;
  readonly steps?: number | undefined;
  /** The largest of the lengths. */
  readonly longest?: number | undefined;
  /** The order that the numbers of three axes show. */
  readonly order?: 'NFT' | 'NTF' | undefined;
}

/** What the axes of a matrix are: series of one feature, or one series with its features in rows or in columns. */
export type MatrixAxes = 'NT' | 'FT' | 'TF';

type Axis = 'N' | 'F' | 'T' | '1';

/**
 * Three axes are [N, F, T], two are [N, T] of one feature, one is [T], singletons as in the model's layout; unless the
 * model's input says that only another reading fits ([N, T, F], or one instance [F, T] or [T, F]).
 * @param called how refusals call the array
 * @param matrix what the two axes of a matrix are, where that is known
 * @throws Refusal `array-shape`
 */
export function understandShape(
  dims: readonly number[],
  dtype: string,
  input: ExpectedInput | undefined,
  called: string,
  beside: BesideShape = {},
  matrix?: MatrixAxes,
): ArrayShape {
  if (dims.length === 0 || dims.some((dim) => dim === 0)) {
    throw new Refusal('array-shape', `${called} of shape (${dims.join(', ')}) holds nothing.`);
  }
  const exact = input && axesOf(input.layout);
  const fitsExactly = exact !== undefined && input !== undefined && fits(dims, exact, input, true);
  const axes = fitsExactly ? exact : matrix ? axesOf(matrix) : otherAxes(dims, input, called, beside);
  const complete = input !== undefined && (fitsExactly || fits(dims, axes, input, true));
  const findings: Finding[] = [];
  const usual = dims.length === 2 ? 'NT' : 'NFT';
  const plain = axes.filter((axis) => axis !== '1').join('');
  if (!fitsExactly && (plain !== usual || (dims.length === 2 && !input))) {
    findings.push({
      code: 'array-axes',
      severity: 'info',
      sentence: `${called} of shape (${dims.join(', ')}) is read as [${[...axes].join(', ')}] (N instances, F features, T steps).`,
    });
  }
  findings.push(...(beside.order ? [] : alikeAxes(dims, axes, input, called)));
  const raw = input?.raw ?? false;
  if (complete && dtype !== 'float32' && !raw) {
    findings.push({
      code: 'array-not-float32',
      severity: 'info',
      sentence: `${called} has the model's input shape but dtype ${dtype}, so it is taken as raw data; save it as float32 if it is already standardised and padded.`,
    });
  }
  return { ...measure(dims, axes), prepared: complete && dtype === 'float32' && !raw, findings };
}

/** Two orders fit, or none is told by a model: said, since features taken for steps give numbers, too. */
function alikeAxes(
  dims: readonly number[],
  axes: readonly Axis[],
  input: ExpectedInput | undefined,
  called: string,
): Finding[] {
  const [features, length] = [dims[axes.indexOf('F')] ?? 1, dims[axes.indexOf('T')] ?? 1];
  if (!axes.includes('F') || !axes.includes('N')) return [];
  const equal = features === length && features > 1;
  const instances = dims[axes.indexOf('N')]!;
  if (input?.steps != null && length !== input.steps && instances === input.steps) {
    const sentence = `${called} of shape (${dims.join(', ')}) is read as [${axes.join(', ')}], but its first axis is as long as the model's ${input.steps} steps; if time stands first, swap the axes (x.swapaxes(0, 1)).`;
    return [{ code: 'axes-unsure', severity: 'warning', sentence }];
  }
  if (!equal && (input !== undefined || features <= length)) return [];
  const what = equal ? 'features and steps are as many' : `that is ${features} features of ${length} steps`;
  const sentence = `${called} of shape (${dims.join(', ')}) is read as [${axes.join(', ')}]: ${what}; swap the axes if they are meant the other way round.`;
  return [{ code: 'axes-unsure', severity: 'warning', sentence }];
}

function axesOf(layout: string): Axis[] {
  return [...layout] as Axis[];
}

function fits(
  dims: readonly number[],
  axes: readonly Axis[],
  input: ExpectedInput,
  stepsToo: boolean,
): boolean {
  return (
    dims.length === axes.length &&
    axes.every((axis, index) => {
      const dim = dims[index];
      switch (axis) {
        case '1':
          return dim === 1;
        case 'F':
          return dim === input.features;
        case 'T':
          return !stepsToo || input.steps === null || dim === input.steps;
        default:
          return true;
      }
    }) &&
    (axes.includes('F') || input.features === 1)
  );
}

/** Whether the second axis holds the features, by what stands beside the array. */
function standsFirst(dims: readonly number[], { features, steps, longest = 0 }: BesideShape): boolean {
  const fitting = (F: number, T: number): boolean =>
    (features ?? F) === F && (steps ?? T) === T && longest <= T;
  return fitting(dims[1]!, dims[2]!) || !fitting(dims[2]!, dims[1]!);
}

function otherAxes(
  dims: readonly number[],
  input: ExpectedInput | undefined,
  called: string,
  beside: BesideShape,
): Axis[] {
  const readings: Record<number, readonly string[]> = {
    1: ['T'],
    // A column of numbers is one series, never many of one step.
    2: input && input.features > 1 ? ['FT', 'TF'] : dims[1] === 1 && dims[0]! > 1 ? ['TF'] : ['NT'],
    3:
      input || (beside.order ? beside.order === 'NFT' : standsFirst(dims, beside)) ? ['NFT', 'NTF'] : ['NTF'],
    4: [...(beside.order ? [`${beside.order}1`] : []), 'NFT1', 'N1FT', 'NTF1', 'N1TF'],
  };
  const possible = (readings[dims.length] ?? [])
    .map((letters) => [...letters] as Axis[])
    .filter((axes) => axes.every((axis, index) => axis !== '1' || dims[index] === 1));
  const fitting = input
    ? (possible.find((axes) => fits(dims, axes, input, true)) ??
      possible.find((axes) => fits(dims, axes, input, false)))
    : undefined;
  // Rank 2 with several features has no usual reading, so it has to fit.
  const axes = fitting ?? (dims.length === 2 && input && input.features > 1 ? undefined : possible[0]);
  if (!axes) {
    const wanted = input ? ` with F = ${input.features}` : '';
    throw new Refusal(
      'array-shape',
      `${called} has shape (${dims.join(', ')}); [N, F, T]${wanted} is expected (N instances, F features, T steps).`,
    );
  }
  return axes;
}

function measure(
  dims: readonly number[],
  axes: readonly Axis[],
): Pick<ArrayShape, 'instances' | 'features' | 'length' | 'strides'> {
  const size = (axis: Axis): number => (axes.includes(axis) ? dims[axes.indexOf(axis)]! : 1);
  const stride = (axis: Axis): number =>
    axes.includes(axis) ? dims.slice(axes.indexOf(axis) + 1).reduce((product, dim) => product * dim, 1) : 0;
  return {
    instances: size('N'),
    features: size('F'),
    length: size('T'),
    strides: { instance: stride('N'), feature: stride('F'), step: stride('T') },
  };
}
