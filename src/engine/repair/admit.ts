import { count } from '../../format.ts';
import type { Classifier } from '../../graph/classifier.ts';
import { ownMask } from '../../graph/masking/maskChannel.ts';
import { maskedClassifier } from '../../graph/masking/maskedClassifier.ts';
import { passedOverSentence } from '../../graph/masking/passedOver.ts';
import { untouched } from '../../padding/ask.ts';
import { pairedChange } from '../../padding/boundedMean.ts';
import { isOneAnswer } from '../../padding/oneAnswer.ts';

import type { MaskedSeries } from '../../preprocess/case.ts';
import { createRandom } from '../../random.ts';
import { Refusal } from '../../refusal.ts';
import { canComputeMask } from '../../repair/dropIn.ts';
import { foldCount, foldsOf } from '../../repair/folds.ts';
import { lastLinear } from '../../repair/lastLinear.ts';
import type { Facts } from '../../repair/needs.ts';
import { paddingLook } from '../../repair/paddingLook.ts';
import type { Patient } from '../../repair/patient.ts';
import { cellWeights } from '../../repair/score.ts';
import type { Judged } from '../../repair/standing.ts';
import { backwards, crossedViews } from '../../repair/views.ts';
import { untied } from '../../training/parameters.ts';
import { PlainAnswers } from '../audit/plainAnswers.ts';
import type { CallContext } from '../contract.ts';
import { otherRuntime } from '../otherRuntime.ts';
import { maskCause } from '../reading/saidOfData.ts';
import type { RepairRequest } from '../requests.ts';
import { beforehand } from './beforehand.ts';
import { type Bench, judge } from './judge.ts';
import type { LabelledCase } from './labelledCase.ts';
import type { Material } from './material.ts';
import type { Form } from './writtenModel.ts';

/** Everything there is before the first repair. */
interface Admitted {
  /** Without masks. */
  readonly plain: Classifier;
  readonly patient: Patient;
  readonly bench: Bench;
  readonly facts: Facts;
  /** The model as trained. */
  readonly before: Judged;
  /** Answers that it took to judge it. */
  readonly runs: number;
  readonly weights: Float64Array;
  /** In which the model is written, and another that can be had. */
  readonly form: Form;
  readonly other: Form | null;
  readonly folds: number;
  readonly lessons: readonly (readonly LabelledCase[])[];
  readonly of: (content: number) => number;
  readonly notes: readonly string[];
}

const IN_FLOAT64 =
  'The model computes in float64; only float32 models are repaired: export it with float32 weights.';

/** @throws Refusal `cannot-drop-in` or `cannot-repair`, before anything takes long */
export async function admit(
  { model, classes, shape, units, cases, judged, train, said, read }: Material,
  { seed, maskInput, keep, prefer }: RepairRequest & { readonly seed: number },
  context: CallContext,
): Promise<Admitted> {
  const plain: Classifier = { ...model.classifier, graph: untied(model.classifier.graph) };
  if (plain.input.dtype === 'float64') throw new Refusal('cannot-repair', IN_FLOAT64);
  const padding = paddingLook(cases, shape);
  const fill = cases.find(({ mask }) => mask.includes(0))!;
  const at = fill.mask.indexOf(0);
  const masked = await maskedOrWhy(plain, model.runtime);
  const patient: Patient = {
    model: typeof masked === 'string' ? plain : masked,
    runtime: model.runtime,
    shape,
    crowded: said.length > 0,
    fill: Float32Array.from({ length: shape.features }, (_, f) => fill.x[f * shape.steps + at]!),
  };
  const takesMask = patient.model.maskInput !== undefined;
  const wantsMask = maskInput === true || plain.maskInput !== undefined;
  const unfit = typeof padding === 'string' ? padding : canComputeMask(plain.graph) ? undefined : TOO_OLD;
  if (keep && takesMask && !wantsMask && unfit !== undefined) {
    throw new Refusal(
      'cannot-drop-in',
      `${unfit}${maskCause(read)} Take the mask as a second input instead (--mask-input).`,
    );
  }
  const isDropIn = !takesMask || (!wantsMask && unfit === undefined);
  const known = takesMask && unfit === undefined && typeof padding !== 'string' ? padding : null;
  const form: Form = isDropIn ? { form: 'drop-in', padding: known } : { form: 'mask-input', padding: null };
  const random = createRandom(seed * 64 + 54);
  const bench: Bench = {
    cases,
    shape,
    units,
    classes,
    views: crossedViews(cases, shape, random, patient.fill),
    seed,
  };
  const labels = cases.map(({ label }) => label);
  const parts = train ? 0 : foldCount(cases.length);
  const folds = train ? undefined : foldsOf(labels, judged.firsts, parts, random);
  const asked = { ...bench, ...(folds && { folds }) };
  let runs = 0;
  const answers = new PlainAnswers(plain, model.runtime, shape.steps, (instances) => {
    context.signal?.throwIfAborted();
    runs += instances;
    context.report?.(0, `Judging the model as it is (${count(runs, 'run')})`);
  });
  try {
    const before = await judge(asked, (inputs, steps) => answers.ask(inputs, steps));
    if (staysWhateverPads(before) && isOneAnswer(cases, await answers.ask(untouched(cases), shape.steps)))
      throw new Refusal('cannot-repair', oneAnswer(cases.length));
    const back = (await answers.ask(turned(cases, shape), shape.steps)).predicted;
    const turnedRight = cases.map(({ label }, i) => (back[i] === label ? 1 : 0));
    const fall = pairedChange(turnedRight, before.correct);
    const linear = lastLinear(plain);
    return {
      plain,
      patient,
      bench: asked,
      facts: {
        labels: (train ?? cases).map(({ label }) => label),
        classes,
        backwards: fall,
        ...(typeof masked === 'string' && { unmaskable: masked }),
        ...(typeof linear === 'string' && { noLinear: linear }),
      },
      before,
      runs,
      weights: cellWeights({ labels, lengths: cases.map(({ length }) => length) }),
      form,
      other: known && plain.maskInput === undefined ? otherThan(form, known) : null,
      folds: parts,
      lessons: train
        ? [train]
        : Array.from({ length: parts }, (_, k) => cases.filter((__, i) => folds![i] !== k)),
      of: (content) => (folds ? folds[content]! : 0),
      notes: [
        ...[...otherRuntime(prefer, model.runtimeNote), ...read, ...said].map(({ sentence }) => sentence),
        ...judged.notes,
        ...(folds && judged.repeated > 0 ? [foldsSaid(folds, parts)] : []),
        ...(patient.model.notMasked ? [passedOverSentence(patient.model.notMasked)] : []),
        ...(takesMask && !wantsMask && unfit !== undefined
          ? [`${unfit} So it is judged as a model that takes its mask as a second input (--mask-input).`]
          : []),
        ...beforehand(plain, shape.steps, cases, train ?? cases, classes),
      ],
    };
  } finally {
    await answers.dispose();
  }
}

const staysWhateverPads = ({ layout, look }: Judged) =>
  [layout, look].every((one) => 'unavailable' in one || one.value === 0);

function oneAnswer(series: number): string {
  return `The model gives the same answer, with the same outputs, to all ${series} series, whatever pads them: there is nothing that padding could change, and nothing to repair.`;
}

function* turned(cases: readonly LabelledCase[], shape: Material['shape']): Generator<MaskedSeries> {
  for (const one of cases) yield { mask: one.mask, x: backwards(one, shape) };
}

function foldsSaid(folds: Int32Array, count: number): string {
  const sizes = Array.from({ length: count }, (_, k) => folds.filter((fold) => fold === k).length);
  const most = Math.max(...sizes);
  return `Identical series stay in one fold: the largest of the ${count} folds holds ${most} of ${folds.length} series, so that a repair learns from ${folds.length - most} of them at the least.`;
}

function otherThan({ form }: Form, padding: NonNullable<Form['padding']>): Form {
  return form === 'drop-in' ? { form: 'mask-input', padding: null } : { form: 'drop-in', padding };
}

const TOO_OLD = 'The model is written in an ONNX opset below 11, in which no mask is computed inside.';

async function maskedOrWhy(plain: Classifier, runtime: Patient['runtime']): Promise<Classifier | string> {
  if (plain.maskInput !== undefined && ownMask(plain.graph).kind !== 'channel') return plain;
  try {
    return await maskedClassifier(plain, runtime);
  } catch (reason) {
    if (reason instanceof Refusal) return reason.message;
    throw reason;
  }
}
