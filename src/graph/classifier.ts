import type { Finding } from '../finding.ts';
import { agree, listed } from '../format.ts';
import { Refusal } from '../refusal.ts';
import type { FoundLogits, ValuesOut } from './foundLogits.ts';
import type { Graph, ValueInfo } from './graph.ts';
import { type Head, headsOf } from './heads.ts';
import { refuseHostile } from './hostile.ts';
import type { InputLayout } from './inputLayout.ts';
import { placesOf } from './layerAxes.ts';
import { findLayers, type Layer } from './layers.ts';
import { freeAxisDoubt } from './layoutDoubt.ts';
import { layoutOf, rolesOf, signsAlong } from './layoutEvidence.ts';
import type { LayoutWay } from './layoutQuestion.ts';
import { findAnswer, looksLikeProbabilities } from './logits.ts';
import { withMaskInput } from './maskInput.ts';
import { MASK_INPUT } from './masking/positionMask.ts';
import { maskMeaning } from './maskMeaning.ts';
import { possibleLayouts, soleInput } from './modelInput.ts';
import { type Modules, moduleOutputs } from './moduleOutputs.ts';
import { findModules } from './modulePaths.ts';
import { withFeatureAxis } from './oneFeature.ts';
import type { OutputKind } from './outputKind.ts';
import type { Track } from './receptive/track.ts';
import { trackTensors } from './receptive/trackTensors.ts';
import type { Runtime } from './runtime.ts';
import { seeThrough } from './seeThrough.ts';
import type { Shapes } from './shapes.ts';
import { statesOfSequences } from './statesOfSequences.ts';
import type { AnswerHints, OutputBy } from './task.ts';
import { writtenLengths } from './writtenLengths.ts';

export type { Layer } from './layers.ts';

/** A model understood: what goes in, where the logits are, and which layers can be explained. */
export interface Classifier {
  /** The model's graph; nodes are appended where the logits had to be brought into the shape [N, C]. */
  readonly graph: Graph;
  readonly input: ClassifierInput;
  /** Tensor [N, C] before an optional final Softmax, LogSoftmax or Sigmoid. */
  readonly logits: string;
  /** What makes probabilities of the logits; a model with one output z has the logits [−z, z] and `sigmoid`. */
  readonly outputIs: OutputKind;
  readonly classes: number;
  /** Present where the outputs [N, C] are numbers that stand for themselves, and no classes. */
  readonly values?: ValuesOut;
  /** Nothing in the model says whether its one output is a class's logit or a measured number. */
  readonly open?: boolean;
  /** Outputs that could be the answer, where nothing but their order says which. */
  readonly heads?: readonly Head[];
  /** In the order of the graph. */
  readonly layers: readonly Layer[];
  /** Of the probe run: for `steps` of the input, or the asked steps where that is free. */
  readonly shapes: Shapes;
  readonly findings: readonly Finding[];
  /** Orders of the input's axes that fit, where the graph speaks for one and does not prove it. */
  readonly layoutWays?: readonly LayoutWay[];
  /** Name of the input that takes the padding mask [N, T]: of a masked model, or of one that takes its mask itself. */
  readonly maskInput?: string;
  /** Of a masked model: the layers no mask could be laid over; absent where every layer is masked. */
  readonly notMasked?: readonly string[];
  /** How every tensor lies over the input. */
  readonly tracks: ReadonlyMap<string, Track>;
  readonly modules: Modules;
}

interface ClassifierInput {
  readonly name: string;
  readonly dtype: 'float32' | 'float64';
  readonly layout: InputLayout;
  readonly features: number;
  /** null where the time axis is free. */
  readonly steps: number | null;
  /** The fixed number of instances per run; null where it is free. */
  readonly batch: number | null;
}

type Hints = AnswerHints & { readonly layout?: InputLayout; readonly steps?: number };

/** Where the time axis is free and nobody said how long the series are. */
const PROBE_STEPS = 128;

/**
 * @param hints `layout` decides where the graph does not show which axis is time; `steps` is the length to probe with
 *   where the time axis is free (shapes and layers hold for that length only).
 *   what they say of its answer goes before what the graph shows of it.
 * @throws Refusal `several-inputs`, `not-a-classifier`, `no-such-output`, `output-axes`, `too-many-outputs`, `input-shape`, `input-too-big`, `layout-mismatch`,
 *   `layout-ambiguous`, or `model-refused` by the runtime.
 */
export async function describeClassifier(
  given: Graph,
  runtime: Runtime,
  hints: Hints = {},
): Promise<Classifier> {
  const file = withFeatureAxis(statesOfSequences(given));
  const own = withMaskInput(file);
  const found = await atItsLength(own, file, runtime, hints);
  if (!own || own.meanings.length === 0) return found;
  const dims = found.shapes.dims(found.input.name)!;
  const shown = await maskMeaning(file, own.meanings, runtime, { input: found.input, dims });
  const again = withMaskInput(file, shown ?? null)!;
  return shown === undefined || shown === own.meanings[0]
    ? { ...found, findings: found.findings.map((one) => (one === own.finding ? again.finding : one)) }
    : await atItsLength(again, file, runtime, hints);
}

/** A model may name no length and have one written inside: what is tried where it does not take the usual probe. */
async function atItsLength(
  own: ReturnType<typeof withMaskInput>,
  file: Graph,
  runtime: Runtime,
  hints: Hints,
): Promise<Classifier> {
  const at = (steps: number) => describedAs(own, file, runtime, { ...hints, steps });
  try {
    return await describedAs(own, file, runtime, hints);
  } catch (reason) {
    const isFree =
      (own?.steps ?? null) === null &&
      soleInput(own?.graph ?? file)
        .dims.slice(1)
        .some(isOpen);
    if (!(reason instanceof Refusal && reason.code === 'model-refused') || !isFree) throw reason;
    for (const steps of writtenLengths(file)) {
      const found = await at(steps).catch(() => null);
      if (found?.input.steps !== null) continue;
      const isOnly = (await at(steps - 1).catch(() => null)) === null;
      return isOnly ? { ...found, input: { ...found.input, steps } } : found;
    }
    throw new Refusal(
      'model-refused',
      `The model names no number of steps and does not take the ${hints.steps ?? PROBE_STEPS} it was tried with; if it takes one number only, export it with that written into its input. ${reason.message}`,
    );
  }
}

const isOpen = (dim: number | string | null) => typeof dim !== 'number';

async function describedAs(
  own: ReturnType<typeof withMaskInput>,
  file: Graph,
  runtime: Runtime,
  hints: Hints,
): Promise<Classifier> {
  const given = own?.graph ?? file;
  const input = soleInput(given);
  refuseHostile(given);
  const candidates = possibleLayouts(input, hints.layout, own?.steps);
  const findings: Finding[] = [];
  // A mask of fixed length fixes that of the series it goes with.
  const steps = own?.steps ?? hints.steps ?? PROBE_STEPS;
  const {
    graph,
    shapes: seen,
    batch,
    probe,
  } = await seeThrough(given, runtime, input, {
    ...{ layout: candidates[0]!, steps, findings },
  });
  const dims = seen.dims(input.name)!;
  const { layout, tracked, doubt } = layoutOf(graph, seen, { name: input.name, dims }, candidates);
  const features = dims[layout.indexOf('F')]!;
  const time = layout.indexOf('T');
  const lies = { name: input.name, roles: rolesOf(layout), steps: dims[time]!, features };
  const first = tracked ?? trackTensors(graph, seen, lies);
  const isFree = hints.layout === undefined && typeof input.dims[time] !== 'number' && features > 1;
  const unsure = isFree
    ? freeAxisDoubt(signsAlong(graph, first.tracks, seen, dims[time]!), features)
    : doubt?.finding;
  const { layout: _, ...said } = hints;
  const answer = findAnswer(graph, seen, { ...said, tracks: first.tracks, steps: dims[time]! });
  const same = answer.graph === graph;
  // Appended nodes must be seen as well.
  const shapes = same ? seen : await probe(answer.graph);
  const { tracks, unknown } = same ? first : trackTensors(answer.graph, shapes, lies);
  const paths = findModules(answer.graph);
  const place = placesOf(tracks, (tensor) => shapes.dims(tensor), { features, batch: shapes.batch });
  const left = moduleOutputs(answer.graph, paths, {
    rests: (tensor) => tracks.has(tensor),
    usable: (tensor) => typeof place(tensor) !== 'string',
  });
  const modules = { ...paths, ...left };
  const { layers, findings: leftOut } = findLayers({ ...answer, shapes, tracks, modules, features, place });
  return {
    graph: answer.graph,
    input: {
      name: input.name,
      dtype: input.dtype as 'float32' | 'float64',
      layout,
      features,
      steps: typeof input.dims[time] === 'number' ? dims[time]! : (own?.steps ?? null),
      batch,
    },
    logits: answer.logits,
    outputIs: isProbabilities(answer, shapes) ? 'probabilities' : answer.outputIs,
    classes: answer.classes,
    ...(answer.values && { values: answer.values }),
    ...(answer.open && { open: true }),
    ...(answer.tied && { heads: headsOf(graph, shapes, answer.tied) }),
    layers,
    shapes,
    ...(doubt && { layoutWays: doubt.ways }),
    ...(own && { maskInput: MASK_INPUT }),
    findings: [
      ...(graph.findings ?? []),
      ...(own ? [own.finding] : []),
      ...(unsure ? [unsure] : []),
      ...findings,
      ...answerFindings(answer, graph.outputs, shapes, hints.outputBy),
      ...unknownFindings(unknown),
      ...leftOut,
    ],
    tracks,
    modules,
  };
}

const OPEN =
  'The model has one output and no sigmoid before it: its logit z is that of the second of two classes (-z stands for the first), or it is a number of its own, as of a regression; the labels of the data tell, or "task" in attribution.json.';

function answerFindings(
  answer: Pick<FoundLogits, 'logits' | 'output' | 'outputIs' | 'binary' | 'values' | 'open' | 'tied'>,
  outputs: readonly ValueInfo[],
  shapes: Shapes,
  by: OutputBy | undefined,
): Finding[] {
  const others = outputs.filter(({ name }) => ![answer.output, answer.logits].includes(name));
  if (others.length > 0) {
    const names = listed(others.map(({ name }) => name));
    const rest = `${names} ${agree(others.length, 'is', 'are')} not looked at`;
    const doubt = by?.doubt ?? [];
    const because = answer.tied ? 'it comes first' : by?.because;
    const why = because === undefined ? '' : `, because ${because}`;
    const other = answer.tied
      ? '. Whether it is the answer nothing in the model says: "output" in attribution.json takes another.'
      : doubt.length > 0
        ? `. Where the file lacks a class of ${listed(doubt)}, that may be the answer: "output" in attribution.json takes it.`
        : ' ("output" in attribution.json takes another).';
    const severity = answer.tied || doubt.length > 0 ? 'warning' : 'info';
    const sentence = `Of the model's outputs "${answer.output}" is explained${why}; ${rest}${other}`;
    return [{ code: 'several-outputs', severity, sentence }];
  }
  if (answer.values)
    return [{ code: 'outputs-are-numbers', severity: 'info', sentence: valuesSentence(answer.values) }];
  if (answer.binary) {
    const sentence = answer.open
      ? OPEN
      : 'The model has one output: its logit z (before a sigmoid) is that of the second of two classes, -z stands for the first, and one class against the other is 2z.';
    return [{ code: 'one-output', severity: 'info', sentence }];
  }
  if (isProbabilities(answer, shapes)) {
    const sentence =
      "The model's output looks like probabilities, but no final Softmax was found before it, so they are taken as they are and gradients may vanish where it is sure; export it without the softmax.";
    return [{ code: 'probabilities-not-logits', severity: 'warning', sentence }];
  }
  return [];
}

function isProbabilities(
  { outputIs, logits }: Pick<FoundLogits, 'logits' | 'outputIs'>,
  shapes: Shapes,
): boolean {
  return outputIs === 'logits' && looksLikeProbabilities(shapes, logits);
}

function valuesSentence({ steps, channels, softmax }: ValuesOut): string {
  const what =
    steps === null
      ? `${channels === 1 ? 'a number' : `${channels} numbers`} per instance`
      : `${channels === 1 ? 'a number' : `${channels} numbers`} at each of ${steps} steps`;
  const single = channels === 1 && steps === null;
  const kind = softmax
    ? 'logits of a final Softmax, which is left out'
    : single
      ? 'taken as it is'
      : 'taken as they are';
  return `The model gives ${what}, ${kind}: the map shows d y / d A of ${single ? 'it' : 'one of them'}.`;
}

function unknownFindings(unknown: ReadonlySet<string>): Finding[] {
  if (unknown.size === 0) return [];
  const sentence = `Layers behind ${listed([...unknown])} are not offered: it is not known which steps they read.`;
  return [{ code: 'receptive-field-unknown', severity: 'info', sentence }];
}
