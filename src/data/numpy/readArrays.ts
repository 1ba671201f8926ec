import { count } from '../../format.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset } from '../dataset.ts';
import { refuseTooLong, refuseTooMany } from '../instanceBounds.ts';
import { askLabelFile } from '../labelFile.ts';
import { unlessNoLabel } from '../noLabel.ts';
import { plainPlan } from '../reading/plainPlan.ts';
import { type ArrayRoles, arrayParts, arrayRoles, refuseMissingLabels, roleFindings } from './arrayNames.ts';
import { ArrayReading } from './arrayReading.ts';
import { type ArrayShape, type BesideShape, understandShape } from './arrayShape.ts';
import { againstCourse, askStepsFirst, axesByCourse } from './axesByCourse.ts';
import { type Beside, besideFindings, oneArray } from './beside.ts';
import { unfolded } from './flatArray.ts';
import { turnInverted } from './invertedMask.ts';
import { labelsByLook } from './labelsByLook.ts';
import { turnSides } from './lengthSide.ts';
import { refuseListOfSeries } from './listOfArrays.ts';
import { type BesideMatrix, matrixAxes } from './matrixAxes.ts';
import { areMeasurements, largestShares, noClasses, sharesTaken } from './measurements.ts';
import type { NpyArray } from './readNpy.ts';
import { isZip, type Npz, readNpz } from './readNpz.ts';
import { inMemory, type SeriesArray } from './seriesArray.ts';
import { refuseSeveralLabels } from './severalLabels.ts';
import { SideArrays } from './sideArrays.ts';
import { orderOfSquare } from './squareArray.ts';

/**
 * A .npz (x, and optionally lengths, mask, y, feature_names, instance_ids) or a .npy (x alone) as a dataset.
 * @throws Refusal
 */
export function readArrays(
  bytes: Uint8Array,
  fileName: string,
  options: DataOptions,
  beside: Beside = {},
): Dataset {
  const zipped = isZip(bytes);
  const arrays = zipped ? readNpz(bytes, fileName) : oneArray(bytes, fileName, beside);
  return datasetOf(arrays, zipped ? 'npz' : 'npy', fileName, options, beside);
}

/**
 * Arrays as a dataset.
 * @throws Refusal
 */
export function datasetOf(
  arrays: Npz,
  format: 'npz' | 'npy' | 'parquet',
  fileName: string,
  options: DataOptions,
  beside: Beside = {},
): Dataset {
  const word = format === 'parquet' ? 'column' : 'array';
  const named = arrayRoles(arrays.names, fileName, {
    ...(format !== 'npy' && { array: options.array }),
    label: options.label,
    dims: (one) => arrays.get(one)?.dims,
  });
  if (format === 'npz' && options.array === undefined) refuseListOfSeries(arrays, fileName);
  const name = named.x;
  const rows = (arrays.series?.(name) ?? arrays.get(name))?.dims[0] ?? 0;
  const isOpen = named.y === undefined && options.label === undefined;
  const looked = isOpen ? labelsByLook(arrays, named, rows, fileName, word) : { roles: named, findings: [] };
  const { roles } = looked;
  const called = `${fileName}: ${word} "${name}"`;
  const { x, understood, labels: inside } = seriesOf(arrays, name, fileName, options, roles);
  // An array that is ready for the model has no gaps at the ends of a series.
  const ready = { ...understood, prepared: understood.prepared && !isFilledWithNaN(x, understood) };
  const shape = orderOfSquare(x, ready, called, options);
  refuseStepsFirst(called, x.dims, shape.instances, roles.y === undefined ? undefined : arrays.get(roles.y));
  const stepsAxis = shape.strides.step === 1 ? 2 : 1;
  if (roles.y === undefined && !inside) {
    askStepsFirst(x, called, stepsAxis, options);
  }
  const inOne = shape.features * shape.length;
  refuseTooMany(called, shape.instances, x.onDisk ? inOne : shape.instances * inOne);
  refuseTooLong(called, inOne);
  const side = new SideArrays(arrays, fileName, shape);
  const masks = side.masks(options, roles);
  const bySide =
    masks && masks.origin === `array ${roles.lengths} in the file` && options.lengthColumn === undefined;
  const turned = [
    ...(bySide ? turnSides(x, shape, masks, fileName) : []),
    ...(masks ? turnInverted(x, shape, masks, fileName) : []),
  ];
  askLabels(x, shape, fileName, options);
  const features = featureNames(side, shape, fileName, options);
  // Arrays beside a .npy are called by what they are to it.
  if (format !== 'npy' && roles.y !== undefined) {
    refuseMissingLabels(arrays.names, options.label, fileName, word);
  }
  const reading = new ArrayReading(x, name, shape, fileName, features, options);
  const told = inside
    ? [...inside]
    : roles.y === undefined
      ? undefined
      : side.labels(roles.y, shape.instances);
  const shares = told && largestShares(told);
  const y = shares ?? told;
  const measured = y !== undefined && areMeasurements(y);
  if (!inside && roles.y !== undefined && !shares && !measured && told?.some((one) => one.includes(' '))) {
    refuseSeveralLabels(fileName, roles.y, arrays.get(roles.y)!, shape.length);
  }
  const ids = distinct(side.texts('instance_ids', shape.instances), fileName);
  const instances = Array.from({ length: shape.instances }, (_, index) =>
    reading.instance(index, {
      id: ids?.[index] ?? String(index),
      measured: measured ? y[index] : undefined,
      label: measured ? undefined : unlessNoLabel(y?.[index] ?? '') || undefined,
      mask: masks?.masks[index],
    }),
  );
  const dataset: Dataset = {
    format,
    layout: 'array',
    features,
    instances,
    maskOrigin: masks?.origin ?? reading.maskOrigin,
    findings: [
      ...besideFindings(beside, fileName),
      ...shape.findings,
      ...againstCourse(x, called, stepsAxis, options),
      ...roleFindings(roles, fileName, word),
      ...looked.findings,
      ...turned,
      ...(measured ? [noClasses(fileName, roles.y ?? options.label!)] : []),
      ...(shares ? [sharesTaken(fileName, roles.y ?? options.label!)] : []),
      ...reading.findings,
    ],
  };
  return { ...dataset, plan: { ...plainPlan(fileName, dataset), parts: arrayParts(roles, arrays.names) } };
}

/** The series, in the file where they can stay there, else in memory. */
function seriesOf(
  arrays: Npz,
  name: string,
  fileName: string,
  options: DataOptions,
  roles: ArrayRoles,
): { readonly x: SeriesArray; readonly understood: ArrayShape; readonly labels?: readonly string[] } {
  const called = `${fileName}: array "${name}"`;
  const shapeOf = (x: SeriesArray) => {
    const beside = besideShape(arrays, roles);
    const matrix = matrixAxes(x, called, options, besideMatrix(arrays, roles, x.dims, options));
    const isTold = beside.features !== undefined || beside.steps !== undefined || (beside.longest ?? 0) > 0;
    const order = isTold ? undefined : axesByCourse(x, called, options);
    return understandShape(x.dims, x.dtype, options.input, called, { ...beside, order }, matrix);
  };
  const stays = arrays.series?.(name);
  if (stays) {
    const understood = shapeOf(stays);
    const { instances, features, length, strides } = understood;
    // One behind the other in the file.
    if (instances > 1 && strides.instance === features * length) return { x: stays, understood };
  }
  const { x: read, labels } = unfolded(findX(arrays, name, fileName), options, called, roles.y !== undefined);
  const x = inMemory(read);
  return { x, understood: shapeOf(x), labels };
}

function besideMatrix(
  arrays: Npz,
  { y, mask, lengths }: ArrayRoles,
  [rows]: readonly number[],
  { features }: DataOptions,
): BesideMatrix {
  const counted = [y, mask, lengths, 'instance_ids'].map((name) => name && arrays.get(name)?.dims[0]);
  return {
    perRow: counted.includes(rows),
    names: features?.length ?? arrays.get('feature_names')?.dims[0],
  };
}

function besideShape(arrays: Npz, { mask, lengths }: ArrayRoles): BesideShape {
  const counts = lengths === undefined ? undefined : arrays.get(lengths);
  const masked = mask === undefined ? undefined : arrays.get(mask);
  const numbers = counts?.dims.length === 1 ? Array.from(counts.data as ArrayLike<unknown>, Number) : [];
  return {
    features: arrays.names.includes('feature_names') ? arrays.get('feature_names')?.dims[0] : undefined,
    steps: masked?.dims.length === 2 ? masked.dims[1] : undefined,
    longest: numbers.reduce((most, one) => Math.max(most, one), 0),
  };
}

/**
 * As many labels as the second axis is long, or the last alone: steps come first, as in PyTorch without `batch_first`, or
 * instances come last, as in MATLAB. @throws Refusal `steps-first`
 */
function refuseStepsFirst(
  called: string,
  dims: readonly number[],
  instances: number,
  labels: NpyArray | undefined,
): void {
  const count = labels?.dims[0];
  const axis = [1, 2].find((one) => dims[one] === count);
  if (dims.length !== 3 || count === undefined || count === instances || axis === undefined) return;
  const [which, order] = axis === 1 ? ['second', '1, 2, 0'] : ['last', '2, 0, 1'];
  throw new Refusal(
    'steps-first',
    `${called} has shape (${dims.join(', ')}) beside ${count} labels, so its ${which} axis numbers the instances; save it as np.transpose(x, (${order})).`,
  );
}

/** @throws ReadingQuestion `label-file` */
function askLabels(x: SeriesArray, shape: ArrayShape, fileName: string, { layout }: DataOptions): void {
  const { instances, features, length } = shape;
  if (instances !== 1 || features !== 1 || layout !== undefined || x.onDisk) return;
  const { data } = x.instance(0, shape);
  const distinct = new Set(Array.from({ length }, (_, at) => Number(data[at])));
  if (distinct.size > 1 && distinct.size * 2 <= length && [...distinct].every(Number.isInteger)) {
    askLabelFile(fileName);
  }
}

/** Whether some series begins or ends in a step that is NaN in every feature; all are looked at, wherever they lie. */
function isFilledWithNaN(x: SeriesArray, { instances, features, length, strides }: ArrayShape): boolean {
  const isBlank = (first: number): boolean => {
    for (let feature = 0; feature < features; feature++) {
      if (!Number.isNaN(x.number(first + feature * strides.feature))) return false;
    }
    return true;
  };
  for (let index = 0; index < instances; index++) {
    const first = index * strides.instance;
    if (isBlank(first) || isBlank(first + (length - 1) * strides.step)) return true;
  }
  return false;
}

function findX(arrays: Npz, name: string, fileName: string): Tensor {
  const array: NpyArray = arrays.get(name)!;
  if (array.dtype === 'text') {
    throw new Refusal('npy-dtype', `${fileName}: array "${name}" holds text; series are numbers.`);
  }
  return array;
}

function featureNames(
  side: SideArrays,
  { features }: ArrayShape,
  fileName: string,
  { features: listedNames }: DataOptions,
): string[] {
  const own = side.texts('feature_names', features);
  if (own) {
    return own;
  }
  if (listedNames && listedNames.length !== features) {
    throw new Refusal(
      'feature-count',
      `${fileName} has ${count(features, 'feature')} without names, but attribution.json lists ${listedNames.length}.`,
    );
  }
  return listedNames ? [...listedNames] : Array.from({ length: features }, (_, feature) => `f${feature}`);
}

function distinct(ids: string[] | undefined, fileName: string): string[] | undefined {
  const first = new Map<string, number>();
  for (const [index, id] of (ids ?? []).entries()) {
    const before = first.get(id);
    if (before !== undefined) {
      throw new Refusal(
        'duplicate-case',
        `${fileName}: instance_ids[${before}] and [${index}] are both "${id}"; ids must differ.`,
      );
    }
    first.set(id, index);
  }
  return ids;
}
