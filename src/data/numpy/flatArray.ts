import type { Tensor } from '../../graph/tensor.ts';
import { tensor } from '../../graph/tensor.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Alternative } from '../reading/readingPlan.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';

/** A matrix of numbers as series, and the labels that stood in one of its columns. */
interface Unfolded {
  readonly x: Tensor;
  readonly labels?: readonly string[];
}

const MOST_CLASSES = 50;
const MOST_LOOKED_AT = 4096;
/** Rows of fewer numbers are hardly series with a label. */
const FEWEST_STEPS = 8;

/**
 * A matrix whose rows hold more than one series of one feature: the label in the first or last column, or the features
 * of a window behind each other. `label` ("column 1") and `layout` (flatFT, flatTF) say it.
 * @param x [N, W]; what has other ranks is left as it is
 * @throws ReadingQuestion `label-column`, `flattened`
 */
export function unfolded(x: Tensor, options: DataOptions, called: string, hasLabels: boolean): Unfolded {
  const [rows, width] = x.dims;
  if (x.dims.length !== 2 || rows === undefined || width === undefined) return { x };
  const label = labelPlace(options.label, width);
  const cut = label === undefined ? { x } : withoutColumn(x, label);
  const { input, layout } = options;
  if (!input) return cut;
  const left = cut.x.dims[1]!;
  if (input.features > 1 && (layout === 'flatFT' || layout === 'flatTF') && left % input.features === 0) {
    const steps = left / input.features;
    const dims = layout === 'flatFT' ? [rows, input.features, steps] : [rows, steps, input.features];
    // The order of the numbers is that of the axes: nothing is moved.
    return layout === 'flatFT' ? { ...cut, x: { ...cut.x, dims } } : { ...cut, x: stepsLast(cut.x, dims) };
  }
  const isOpen = label === undefined && options.label === undefined && !hasLabels;
  if (isOpen && input.features === 1 && (input.steps === null || width < input.steps))
    askOpenLabel(x, called);
  if (input.steps === null) return cut;
  const wanted = input.steps * input.features;
  if (input.features > 1 && left === wanted) throw flattened(called, input.features, input.steps);
  if (isOpen && width === wanted + 1) askLabel(x, called, wanted);
  return cut;
}

/** 0-based, of `column 1` … as tables without names call theirs. */
function labelPlace(label: string | null | undefined, width: number): number | undefined {
  const place = Number(/^column (\d+)$/.exec(label ?? '')?.[1] ?? Number.NaN) - 1;
  return place >= 0 && place < width ? place : undefined;
}

function withoutColumn({ dims, data, dtype }: Tensor, column: number): Unfolded {
  const [rows, width] = dims as [number, number];
  const labels = Array.from({ length: rows }, (_, row) => String(data[row * width + column]!));
  const numbers = Array.from({ length: rows * width }, (_, at) => at).filter((at) => at % width !== column);
  const kept = Float64Array.from(numbers, (at) => Number(data[at]));
  const x =
    dtype === 'float32'
      ? tensor('float32', [rows, width - 1], Float32Array.from(kept))
      : tensor('float64', [rows, width - 1], kept);
  return { x, labels };
}

/** [N, T, F] as [N, F, T]. */
function stepsLast({ data, dtype }: Tensor, [rows, steps, features]: readonly number[]): Tensor {
  const moved = new Float64Array(data.length);
  for (let at = 0; at < moved.length; at++) {
    const [row, inRow] = [Math.floor(at / (steps! * features!)), at % (steps! * features!)];
    const [step, feature] = [Math.floor(inRow / features!), inRow % features!];
    moved[(row * features! + feature) * steps! + step] = Number(data[at]);
  }
  const dims = [rows!, features!, steps!];
  return dtype === 'float32'
    ? tensor('float32', dims, Float32Array.from(moved))
    : tensor('float64', dims, moved);
}

function flattened(called: string, features: number, steps: number): ReadingQuestion {
  return new ReadingQuestion({
    id: 'flattened',
    sentence: `${called} has ${features * steps} numbers in a row, as many as ${features} features × ${steps} steps: each row looks like a flattened window, and the order of its numbers cannot be seen`,
    ways: [
      { label: 'all steps of one feature stand together', patch: { data: { layout: 'flatFT' } } },
      { label: 'all features of one step stand together', patch: { data: { layout: 'flatTF' } } },
    ],
  });
}

/** One column more than the model has steps, and one at an end of few whole numbers. */
function askLabel(x: Tensor, called: string, wanted: number): void {
  const width = wanted + 1;
  const places = labelPlaces(x.dims, (at) => Number(x.data[at]));
  if (places.length === 0) return;
  throw new ReadingQuestion({
    id: 'label-column',
    sentence: `${called} has ${width} numbers in a row and the model takes ${wanted}: the ${places.length > 1 ? 'first or the last' : places[0] === 0 ? 'first' : 'last'} could be the label`,
    ways: labelWays(x, places, wanted),
  });
}

/** Where the model takes any number of steps, or more than there are. */
function askOpenLabel(x: Tensor, called: string): void {
  const [rows, width] = x.dims as [number, number];
  const kinds = (column: number) =>
    new Set(Array.from({ length: rows }, (_, row) => Number(x.data[row * width + column]))).size;
  const places = labelPlaces(x.dims, (at) => Number(x.data[at])).filter((column) => kinds(column) > 1);
  const measured = Array.from({ length: Math.min(MOST_LOOKED_AT, x.data.length) }, (_, at) =>
    Number(x.data[at]),
  );
  if (width <= FEWEST_STEPS || places.length === 0 || measured.every(Number.isInteger)) return;
  const which = places.length > 1 ? 'first or the last' : places[0] === 0 ? 'first' : 'last';
  throw new ReadingQuestion({
    id: 'label-column',
    sentence: `${called} of shape (${rows}, ${width}): the ${which} number of each row is whole and comes again in other rows, so that it could be the label`,
    ways: [
      ...labelWays(x, places, width - 1),
      { label: 'it is a step', gives: `${rows} × ${width} steps`, patch: { data: { label: null } } },
    ],
  });
}

function labelWays({ dims }: Tensor, places: readonly number[], steps: number): Alternative[] {
  return places.map((column) => ({
    label: `the ${column === 0 ? 'first' : 'last'} number is the label`,
    gives: `${dims[0]} × ${steps} steps`,
    patch: { data: { label: `column ${column + 1}` } },
  }));
}

/** First and last column of a matrix that hold few whole numbers. @param number of the matrix, row by row */
export function labelPlaces(dims: readonly number[], number: (at: number) => number): number[] {
  return [0, dims[1]! - 1].filter((column) => looksLikeClasses(dims, number, column));
}

function looksLikeClasses(dims: readonly number[], number: (at: number) => number, column: number): boolean {
  const [rows, width] = dims as [number, number];
  const seen = new Set<number>();
  for (let row = 0; row < rows; row++) {
    const value = number(row * width + column);
    if (!Number.isInteger(value) || seen.size > MOST_CLASSES) return false;
    seen.add(value);
  }
  return rows === 1 || seen.size < rows;
}
