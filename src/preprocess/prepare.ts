import type { Dataset, Instance } from '../data/dataset.ts';
import type { Finding } from '../finding.ts';
import { agree, count } from '../format.ts';
import { Refusal } from '../refusal.ts';
import { chooseMask } from './chooseMask.ts';
import { type FeatureOrder, matchFeatures } from './featureOrder.ts';
import { notStandardised, paddingStandardised, standardiseNotApplied } from './findings.ts';
import { pad, refuseWrittenLength, tooLong, truncate, wrongLength } from './fitLength.ts';
import { refuseTooLong, withFoundMask, withoutSparePadding } from './foundMask.ts';
import { maskAgainstLook } from './maskAgainstLook.ts';
import type { MaskChoice } from './maskChoice.ts';
import type { Prepared } from './prepared.ts';
import { resample } from './resample.ts';
import { range, type Series, withColumns } from './series.ts';
import { standardise } from './standardise.ts';
import { fitStatistics } from './statistics.ts';
import type { ReadyStep } from './step.ts';
import { arrangedFill, usualFill } from './usualFill.ts';

interface ModelShape {
  readonly features: number;
  /** null where the time axis is free. */
  readonly steps: number | null;
}

/** How series become what a model takes. */
export interface PrepareOptions {
  /** Done in this order; see `resolveSteps` for those that need a training file. */
  readonly steps: readonly ReadyStep[];
  readonly mask: MaskChoice;
  /** The model's feature names in its order, where they are known. */
  readonly featureOrder?: readonly string[];
  /** Cut series that are longer than the model's input instead of refusing them. */
  readonly truncate?: boolean;
}

/**
 * One instance as the model takes it: features in the model's order, the steps of `preprocess` in float64, then
 * float32, exactly T columns. Padding that the file itself marks (mask, lengths) is taken off first where a pad step
 * will put it on again, so that it is never standardised.
 * @param model `steps` is null where the time axis is dynamic: the series keeps its length
 * @throws Refusal `feature-count`, `missing-features`, `statistics-count`, `too-long`, `wrong-length`, `not-finite` and those of the mask
 */
export function prepare(
  dataset: Pick<Dataset, 'features' | 'maskOrigin'> & Partial<Pick<Dataset, 'instances'>>,
  instance: Instance,
  model: ModelShape,
  options: PrepareOptions,
): Prepared {
  const who = `Instance ${instance.id}`;
  const findings: Finding[] = [];
  const order = orderOf(dataset, instance, model, options, findings);
  const fill = dataset.instances && usualFill(dataset.instances, dataset.features.length);
  refuseTooLong(instance, model.steps, options, who, fill);
  if (!instance.prepared) refuseWrittenLength(model, options.steps, who);
  const raw = { ...arrange(instance, order), fill: fill && arrangedFill(fill, order.from) };
  if (instance.prepared) findings.push(...standardiseNotApplied(options.steps));
  const series = instance.prepared
    ? raw
    : run(raw, {
        instance: withFoundMask(raw, instance, options, model.steps, who, findings),
        order,
        model,
        options,
        findings,
        who,
      });
  if (model.steps !== null && series.steps !== model.steps) {
    throw wrongLength(series.steps, model.steps, who);
  }
  const isResampled = !instance.prepared && options.steps.some(({ kind }) => kind === 'resample');
  const ground = {
    columns: series,
    kept: isResampled ? undefined : keptOf(raw, series),
    fileMask: instance.mask,
    fileMaskOrigin: dataset.maskOrigin,
    who,
  };
  if (options.mask.kind === 'auto' && instance.mask && dataset.maskOrigin !== undefined) {
    // Of the whole series: a pad step takes off first what the mask hides.
    findings.push(...maskAgainstLook(raw, instance.mask, dataset.maskOrigin, who));
  }
  const mask = chooseMask(options.mask, ground, findings);
  const x = toFloat32(series, raw, order.names, who, findings);
  const shape = { features: model.features, steps: series.steps };
  const { values, length, origin } = mask;
  return { x, mask: values, length, origin, ...shape, source: series.source, findings };
}

/** The raw numbers of the columns that come from the file. */
function keptOf(raw: Series, { source }: Series): Series {
  const kept = source.filter((step) => step >= 0);
  return kept.length === raw.steps ? raw : withColumns(raw, kept, 0);
}

interface Work {
  readonly instance: Instance;
  readonly order: FeatureOrder;
  readonly model: { readonly steps: number | null };
  readonly options: PrepareOptions;
  readonly findings: Finding[];
  readonly who: string;
}

function run(raw: Series, work: Work): Series {
  const { instance, order, model, options, findings, who } = work;
  const padStep = options.steps.find((step) => step.kind === 'pad');
  const keep = padStep?.side === 'front' ? 'end' : 'start';
  const refits = padStep ?? options.steps.find((step) => step.kind === 'resample');
  let series = refits && instance.mask ? withoutFilePadding(raw, instance.mask) : raw;
  for (const step of options.steps) {
    const target = 'to' in step ? (step.to ?? model.steps ?? series.steps) : 0;
    if (step.kind === 'standardize') {
      findings.push(...paddingStandardised(series, instance.mask, refits !== undefined));
      const own = fitStatistics({ features: order.names, instances: [asInstance(series, instance)] });
      const statistics = step.by === 'given' ? step : own;
      series = standardise(series, statistics, order.names, findings, own);
    } else if (step.kind === 'truncate') {
      series = cut(series, target, step.keep, work);
    } else if (step.kind === 'resample') {
      series = resample(series, target);
    } else {
      series = pad(
        options.truncate ? cut(series, target, keep, work) : series,
        target,
        step.value,
        step.side,
        who,
      );
    }
  }
  findings.push(...notStandardised(raw, order.names, instance.mask, options.steps));
  const filled = fillPadding(series, instance.mask, typeof padStep?.value === 'number' ? padStep.value : 0);
  return padStep ? filled : fitToModel(filled, keep, work);
}

/** Without a pad step: zeros at the end, said in a finding. */
function fitToModel(series: Series, keep: 'start' | 'end', work: Work): Series {
  const { instance, model, options, findings, who } = work;
  const to = model.steps;
  if (to === null || series.steps === to) {
    return series;
  }
  if (series.steps > to) {
    const fitting = withoutSparePadding(series, instance.mask, to);
    if (fitting) return fitting;
    if (!options.truncate) {
      throw tooLong(series.steps, to, who);
    }
    return cut(series, to, keep, work);
  }
  findings.push({
    code: 'padded-by-default',
    severity: 'info',
    sentence: `No pad step is set: ${count(to - series.steps, 'step')} of 0 ${agree(to - series.steps, 'is', 'are')} added at the end, as the model takes ${to}; set "pad" under "preprocess" in attribution.json to choose value and side.`,
  });
  return pad(series, to, 0, 'end', who);
}

function cut(series: Series, to: number, keep: 'start' | 'end', { findings, who }: Work): Series {
  if (series.steps > to) {
    const sentence = `${who} is cut from ${series.steps} to ${to} steps; its ${keep === 'start' ? 'end' : 'start'} is not looked at.`;
    findings.push({ code: 'truncated', severity: 'warning', sentence });
  }
  return truncate(series, to, keep);
}

function orderOf(
  dataset: Pick<Dataset, 'features'>,
  instance: Instance,
  model: ModelShape,
  { featureOrder }: PrepareOptions,
  findings: Finding[],
): FeatureOrder {
  const { features } = model;
  const wayOut = turnedRound(dataset.features.length, instance.length, model);
  if (!instance.prepared) {
    const order = matchFeatures(dataset, features, featureOrder, wayOut);
    findings.push(...order.findings);
    return order;
  }
  const order = matchFeatures(dataset, features, undefined, wayOut);
  if (featureOrder && featureOrder.join('\n') !== order.names.join('\n')) {
    const sentence =
      'The file is prepared for the model already and is taken as it is, but its feature names differ from those in attribution.json.';
    findings.push({ code: 'prepared-names-differ', severity: 'warning', sentence });
  }
  return order;
}

/** Where the series has about as many steps as the model is taken to have features, its axes may be the other way round. */
function turnedRound(given: number, length: number, { features, steps }: ModelShape): string {
  if (length > features || (steps === null ? length <= given : steps !== given)) return '';
  const way =
    steps === null
      ? 'export it with the number of its features fixed (the free axis is taken for time)'
      : 'set "input" to the other order of its axes';
  return `; or, if ${features} is the number of its steps (the series has ${length}), ${way}`;
}

function arrange({ values, length }: Instance, { from }: FeatureOrder): Series {
  const arranged = new Float64Array(from.length * length);
  for (const [feature, column] of from.entries()) {
    arranged.set(values.subarray(column * length, (column + 1) * length), feature * length);
  }
  return { values: arranged, features: from.length, steps: length, source: range(0, length) };
}

/** Steps that the file marks as padding at either end are taken off; those in between stay. */
function withoutFilePadding(series: Series, fileMask: Uint8Array): Series {
  const first = fileMask.indexOf(1);
  return first < 0 ? series : withColumns(series, range(first, fileMask.lastIndexOf(1) + 1), 0);
}

/** The series as an instance of its own: real steps only, for statistics. */
function asInstance({ values, steps, source }: Series, { mask }: Instance): Instance {
  const real = Uint8Array.from(source, (step) =>
    step >= 0 && (mask === undefined || mask[step] === 1) ? 1 : 0,
  );
  return { id: '', index: 0, length: steps, values, mask: real };
}

/** Steps that are no real ones may be NaN in the file: they become padding proper. */
function fillPadding(series: Series, fileMask: Uint8Array | undefined, value: number): Series {
  if (!fileMask) {
    return series;
  }
  const values = series.values.map((old, at) => {
    const step = series.source[at % series.steps]!;
    return Number.isNaN(old) && step >= 0 && fileMask[step] === 0 ? value : old;
  });
  return { ...series, values };
}

function toFloat32(
  series: Series,
  raw: Series,
  names: readonly string[],
  who: string,
  findings: Finding[],
): Float32Array {
  const x = new Float32Array(series.values);
  const bad = x.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) {
    return x;
  }
  const feature = names[Math.floor(bad / series.steps)];
  const step = series.source[bad % series.steps]!;
  if (!Number.isNaN(raw.values[Math.floor(bad / series.steps) * raw.steps + step])) {
    throw new Refusal(
      'not-finite',
      `${who}: feature ${feature} becomes ${x[bad]} at step ${step} after preprocessing; check mean and std, and the value itself.`,
    );
  }
  const sentence = `${who}: feature ${feature} is NaN at step ${step}: the model will answer NaN; set "missing" under "data" to fill it.`;
  findings.push({ code: 'missing-values-kept', severity: 'warning', sentence });
  return x;
}
