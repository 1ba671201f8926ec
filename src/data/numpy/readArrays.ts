import type { Finding } from '../../finding.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import { ConstantFeatures } from '../constantFeatures.ts';
import { count } from '../count.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset, Instance } from '../dataset.ts';
import { refuseTooLong, refuseTooMany } from '../instanceBounds.ts';
import { LazyInstance } from '../lazyInstance.ts';
import { fillMissing, howToFill } from '../missing.ts';
import { plainPlan } from '../reading/plainPlan.ts';
import { arrayParts, arrayRoles, roleFindings } from './arrayNames.ts';
import { type ArrayShape, understandShape } from './arrayShape.ts';
import { type Beside, besideFindings, oneArray } from './beside.ts';
import { unfolded } from './flatArray.ts';
import { turnInverted } from './invertedMask.ts';
import { areMeasurements, noClasses } from './measurements.ts';
import type { NpyArray } from './readNpy.ts';
import { isZip, type Npz, readNpz } from './readNpz.ts';
import { SideArrays } from './sideArrays.ts';

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
  const roles = arrayRoles(arrays.names, fileName, zipped ? options.array : undefined);
  const [name, found] = findX(arrays, roles.x, fileName);
  const called = `${fileName}: array "${name}"`;
  const { x, labels: inside } = unfolded(found, options, called, roles.y !== undefined);
  const understood = understandShape(x.dims, x.dtype, options.input, called);
  // An array that is ready for the model has no gaps at the end of a series.
  const shape = { ...understood, prepared: understood.prepared && !endsInNaN(x, understood) };
  const inOne = shape.features * shape.length;
  refuseTooMany(`${fileName}: array "${name}"`, shape.instances, shape.instances * inOne);
  refuseTooLong(`${fileName}: array "${name}"`, inOne);
  const side = new SideArrays(arrays, fileName, shape);
  const masks = side.masks(options, roles);
  const turned = masks ? turnInverted(x, shape, masks, fileName) : [];
  const features = featureNames(side, shape, fileName, options);
  const reading = new ArrayReading(x, name, shape, fileName, features, options);
  const y = inside ? [...inside] : roles.y === undefined ? undefined : side.texts(roles.y, shape.instances);
  const measured = y !== undefined && areMeasurements(y);
  const labels = measured ? undefined : y;
  const ids = distinct(side.texts('instance_ids', shape.instances), fileName);
  const instances = Array.from({ length: shape.instances }, (_, index) =>
    reading.instance(index, {
      id: ids?.[index] ?? String(index),
      label: labels?.[index],
      mask: masks?.masks[index],
    }),
  );
  const dataset: Dataset = {
    format: zipped ? 'npz' : 'npy',
    layout: 'array',
    features,
    instances,
    maskOrigin: masks?.origin ?? reading.maskOrigin,
    findings: [
      ...besideFindings(beside, fileName),
      ...shape.findings,
      ...roleFindings(roles, fileName),
      ...turned,
      ...(measured ? [noClasses(fileName, roles.y ?? options.label!)] : []),
      ...reading.findings,
    ],
  };
  return { ...dataset, plan: { ...plainPlan(fileName, dataset), parts: arrayParts(roles, arrays.names) } };
}

/** Whether some series ends in a step that is NaN in every feature. */
function endsInNaN({ data }: Tensor, { instances, features, length, strides }: ArrayShape): boolean {
  for (let index = 0; index < instances; index++) {
    const last = index * strides.instance + (length - 1) * strides.step;
    let missing = 0;
    for (let feature = 0; feature < features; feature++) {
      missing += Number.isNaN(Number(data[last + feature * strides.feature])) ? 1 : 0;
    }
    if (missing === features) return true;
  }
  return false;
}

function findX(arrays: Npz, name: string, fileName: string): [string, Tensor] {
  const array: NpyArray = arrays.get(name)!;
  if (array.dtype === 'text') {
    throw new Refusal('npy-dtype', `${fileName}: array "${name}" holds text; series are numbers.`);
  }
  return [name, array];
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

/** Makes instances of the big array, looking once at every number of it. */
class ArrayReading {
  #missing = 0;
  #ended = 0;
  readonly #constant: ConstantFeatures;

  constructor(
    private readonly x: Tensor,
    private readonly name: string,
    private readonly shape: ArrayShape,
    private readonly fileName: string,
    private readonly features: readonly string[],
    private readonly options: DataOptions,
  ) {
    this.#constant = new ConstantFeatures(shape.features);
  }

  get maskOrigin(): string | undefined {
    return this.#ended > 0 ? 'NaN at the end of the series in the file' : undefined;
  }

  instance(index: number, { id, label, mask }: { id: string; label?: string; mask?: Uint8Array }): Instance {
    const { length, prepared } = this.shape;
    const values = this.#raw(index);
    const real = mask ?? this.#endAtNaN(values);
    const gaps = this.#look(values, real, index);
    const unpack = (): Float64Array => {
      const unpacked = this.#raw(index);
      if (gaps) {
        this.#fill(unpacked, real, index);
      }
      return unpacked;
    };
    if (gaps) {
      unpack();
    }
    return new LazyInstance(
      { id, index, label, length, mask: real, prepared: prepared || undefined },
      unpack,
    );
  }

  get findings(): Finding[] {
    const findings: Finding[] = this.#constant.finding(this.fileName, this.features);
    if (this.#missing > 0) {
      const sentence = `${this.fileName}: ${count(this.#missing, 'missing value')} treated by "missing": "${this.options.missing}".`;
      findings.push({ code: 'missing-filled', severity: 'warning', sentence });
    }
    if (this.#ended > 0) {
      const sentence = `${this.fileName}: ${this.#ended.toLocaleString('en-US')} series end in steps that are NaN in every feature; those steps are taken as padding.`;
      findings.push({ code: 'nan-padding', severity: 'info', sentence });
    }
    return findings;
  }

  /** [F, L] of one instance; infinities are missing values like NaN. */
  #raw(index: number): Float64Array {
    const { features, length, strides } = this.shape;
    const result = new Float64Array(features * length);
    for (let feature = 0; feature < features; feature++) {
      for (let step = 0; step < length; step++) {
        const at = index * strides.instance + feature * strides.feature + step * strides.step;
        const value = Number(this.x.data[at]);
        result[feature * length + step] = Number.isFinite(value) ? value : Number.NaN;
      }
    }
    return result;
  }

  #endAtNaN(values: Float64Array): Uint8Array | undefined {
    const { features, length } = this.shape;
    let end = length;
    const allNaN = (step: number): boolean => {
      for (let feature = 0; feature < features; feature++) {
        if (!Number.isNaN(values[feature * length + step])) {
          return false;
        }
      }
      return true;
    };
    while (end > 1 && allNaN(end - 1)) {
      end--;
    }
    if (end === length) {
      return undefined;
    }
    this.#ended++;
    return new Uint8Array(length).fill(1, 0, end);
  }

  /** Whether a real step lacks a value. @throws Refusal `missing-value` */
  #look(values: Float64Array, real: Uint8Array | undefined, index: number): boolean {
    const { length, prepared } = this.shape;
    let gaps = 0;
    for (const [at, value] of values.entries()) {
      const feature = Math.floor(at / length);
      const step = at % length;
      // What is prepared goes to the model as it is, padding too.
      const counts = prepared || real === undefined || real[step] === 1;
      if (Number.isNaN(value) && counts) {
        if (prepared || (this.options.missing ?? 'refuse') === 'refuse') {
          const advice = prepared ? 'the model would answer NaN' : howToFill;
          throw new Refusal(
            'missing-value',
            `${this.fileName}: array "${this.name}" holds NaN or infinity (instance ${index}, feature ${this.features[feature]}, step ${step}, counted from 0); ${advice}.`,
          );
        }
        gaps++;
      }
      if (counts) {
        this.#constant.see(feature, value);
      }
    }
    this.#missing += gaps;
    return gaps > 0;
  }

  /** Fills the real steps only, so that padding neither fills nor is filled. */
  #fill(values: Float64Array, real: Uint8Array | undefined, index: number): void {
    const { features, length } = this.shape;
    const steps = Array.from({ length }, (_, step) => step).filter(
      (step) => real === undefined || real[step] === 1,
    );
    const inner = new Float64Array(features * steps.length);
    for (let at = 0; at < inner.length; at++) {
      inner[at] = values[Math.floor(at / steps.length) * length + steps[at % steps.length]!]!;
    }
    const unfilled = fillMissing(inner, features, steps.length, this.options.missing ?? 'refuse');
    if (unfilled >= 0) {
      throw new Refusal(
        'missing-feature-values',
        `${this.fileName}: instance ${index} has no number at all in feature ${this.features[unfilled]}, so there is nothing to fill it from; set "missing" to "zero" or leave the instance out.`,
      );
    }
    for (let at = 0; at < inner.length; at++) {
      values[Math.floor(at / steps.length) * length + steps[at % steps.length]!] = inner[at]!;
    }
  }
}
