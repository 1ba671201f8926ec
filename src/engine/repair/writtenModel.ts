import { readOnnx } from '../../formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../formats/onnx/writeOnnx.ts';
import { type Classifier, describeClassifier } from '../../graph/classifier.ts';
import type { Graph } from '../../graph/graph.ts';
import { withoutFeatureAxis } from '../../graph/oneFeature.ts';
import { untouched } from '../../padding/ask.ts';
import type { CarrierEvidence } from '../../padding/audit.ts';
import { carrierDependence } from '../../padding/carrier.ts';
import { wilsonRate } from '../../padding/estimate.ts';
import { layoutChanges, layoutVerdict } from '../../padding/verdicts/layoutVerdict.ts';
import { lookChanges, lookVerdict } from '../../padding/verdicts/lookVerdict.ts';
import { createRandom, drawnOf } from '../../random.ts';
import { dropIn } from '../../repair/dropIn.ts';
import type { KnownPadding } from '../../repair/paddingLook.ts';
import type { Patient, Repaired } from '../../repair/patient.ts';
import type { Written } from '../../repair/repairFound.ts';
import { PlainAnswers } from '../audit/plainAnswers.ts';
import { type Bench, flipsOf } from './judge.ts';

const MOST_ALTERED = 200;

/** The repaired graph with the inputs it is to have. */
export interface Form {
  readonly form: Written['form'];
  readonly padding: KnownPadding | null;
}

/** The graph that is written. */
export function formed(
  { model, shape }: Pick<Patient, 'model' | 'shape'>,
  { graph }: Pick<Repaired, 'graph'>,
  { form, padding }: Form,
): Graph {
  if (model.maskInput === undefined) return graph;
  // Masks are written for so many steps, whatever the model took before.
  const { name, layout } = model.input;
  const inputs = graph.inputs.map((info) =>
    info.name === name
      ? { ...info, dims: info.dims.map((dim, axis) => (layout[axis] === 'T' ? shape.steps : dim)) }
      : info,
  );
  if (form === 'mask-input' || padding === null) return { ...graph, inputs };
  return dropIn({ ...graph, inputs }, model.input, model.maskInput, padding);
}

/**
 * Reads the file as anybody would, and puts the data to it: does it answer as the repair that is told its mask, and what
 * becomes of it when the padding changes?
 * @param carried of the repair, as it was judged
 */
export async function checkWritten(
  patient: Patient,
  repaired: Repaired,
  form: Form,
  { cases: all, shape, units, seed }: Bench,
  carried: CarrierEvidence,
  beforeRun: (instances: number) => void,
): Promise<{ readonly written: Written; readonly classifier: Classifier }> {
  const { runtime, model } = patient;
  const bytes = writeOnnx(withoutFeatureAxis(formed(patient, repaired, form)));
  const hints = { layout: model.input.layout, steps: shape.steps };
  const classifier = await describeClassifier(readOnnx(bytes), runtime, hints);
  const told = new PlainAnswers({ ...model, graph: repaired.graph }, runtime, shape.steps, beforeRun);
  const file = new PlainAnswers(classifier, runtime, shape.steps, beforeRun);
  try {
    const wanted = await told.ask(all, shape.steps);
    const given = await file.ask(all, shape.steps);
    const same = all.filter((_, i) => wanted.predicted[i] === given.predicted[i]).length;
    const drawn = drawnOf(all.length, MOST_ALTERED, createRandom(seed * 64 + 50));
    const cases = Array.from(drawn, (i) => all[i]!);
    const answers = await file.ask(untouched(cases), shape.steps);
    const carrier = await carrierDependence(
      { cases, answers, shape, units },
      (inputs, steps) => file.ask(inputs, steps),
      createRandom(seed * 64 + 51),
    );
    const padded = cases.filter(({ length }) => length < shape.steps).length;
    return {
      classifier,
      written: {
        ...form,
        epochs: repaired.curve?.length ?? null,
        agreement: wilsonRate(same / all.length, all.length),
        layout: flipsOf(
          layoutChanges(carrier, carried),
          layoutVerdict(carrier, carried, cases.length, padded),
        ),
        look: flipsOf(lookChanges(carrier), lookVerdict(carrier, carried, cases.length, padded)),
      },
    };
  } finally {
    await told.dispose();
    await file.dispose();
  }
}
