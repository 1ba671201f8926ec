import { basename } from 'node:path';
import type { How } from '../attribution/how.ts';
import { METHODS, type MethodId, methodNamed } from '../attribution/methods.ts';
import { explainerGraph } from '../export/explainer/explainerGraph.ts';
import { metadata } from '../export/explainer/metadata.ts';
import { type ExplainerOptions, paddingInputOf } from '../export/explainer/options.ts';
import { writeOnnx } from '../formats/onnx/writeOnnx.ts';
import type { Graph } from '../graph/graph.ts';
import { padSide } from '../preprocess/step.ts';
import { namedFeatures } from '../project/namedFeatures.ts';
import type { Project } from '../project/projectShape.ts';
import { Refusal } from '../refusal.ts';
import type { Caches } from './caches.ts';
import { nameClasses, targetOf } from './classNames.ts';
import type { CallContext } from './contract.ts';
import { classOrNumber } from './decideTask.ts';
import type { ExplainerFile } from './explainerFile.ts';
import { howToExplain, withWayOut } from './howToExplain.ts';
import { modelHints } from './modelHints.ts';
import type { OpenModel } from './models.ts';
import { outputChoice } from './outputChoice.ts';
import { readySteps } from './readySteps.ts';
import type { ExplainerRequest } from './requests.ts';
import { ownProject, projectOf } from './subject.ts';
import { version } from './version.ts';

/**
 * Prediction and map as one ONNX file, which has been loaded once before it is handed out.
 * @throws Refusal `class-or-number`, `steps-needed`, `several-runs`, `no-preprocess`, and those of the model, the layer and the graph
 */
export async function explainer(
  caches: Caches,
  request: ExplainerRequest,
  context: CallContext,
): Promise<ExplainerFile> {
  context.report?.(0, 'Building the graph');
  const found = await projectOf({ ...request, data: request.model });
  const plain = await openModel(caches, request, found);
  const { project } = await ownProject(caches, { mask: undefined }, plain, found, context);
  const { input, shapes, classes, values } = plain.classifier;
  if (values) throw noExplainer(request.model);
  const steps = shapes.dims(input.name)![input.layout.indexOf('T')]!;
  const names = nameClasses(classes, request.classes ?? project?.classes, undefined);
  const asked: How = { ...request, method: request.method ?? 'gradcam' };
  if (plain.classifier.open && !names.given) throw classOrNumber(request.model, 'nothing here tells');
  const { layer, how } = howToExplain({ project, names }, asked, plain, steps);
  mustBeOneGraph(how.method);
  const options: ExplainerOptions = {
    ...{ method: how.method, relu: how.relu, maskedAlpha: how.maskedAlpha },
    ...targetOf(request, names),
    ...(request.targetInput && { target: 'input' }),
    padding: paddingInputOf({ ...request, takesMask: plain.classifier.maskInput !== undefined }),
    side: padSide(project?.preprocess ?? []),
    preprocess: request.preprocess ? await stepsOf(caches, project, context) : undefined,
  };
  const model = how.maskedModel ? await caches.models.masked(plain) : plain;
  const features = namedFeatures(project);
  const graph = build(model, layer, steps, options, features);
  context.report?.(0.5, 'Loading it once');
  await mustRun(model, graph);
  const said = outputChoice(plain.classifier);
  const origin = {
    ...{ model: basename(request.model), modelHash: model.hash, producer: graph.producer, version },
    ...{ layout: input.layout, steps, batch: input.batch, classes: names.names, features, layer },
    ...{ maskedModel: how.maskedModel, positions: layer.positions, how },
    notes: said.map(({ sentence }) => sentence),
  };
  const made = { ...graph, producer: `attribution-lens ${version}` };
  return { bytes: writeOnnx(made, metadata(origin, options)), said };
}

function noExplainer(model: string): Refusal {
  return new Refusal(
    'needs-classes',
    `The explainer graph gives class and probability, and the outputs of ${basename(model)} are numbers; the map of a file is had as JSON or NPZ.`,
  );
}

async function openModel(
  { models }: Caches,
  request: ExplainerRequest,
  project: Project | undefined,
): Promise<OpenModel> {
  const { model: path, prefer, steps, output } = request;
  const asked = { path, prefer, ...modelHints(project), ...(output !== undefined && { output }) };
  const model = await models.open(asked);
  const { input } = model.classifier;
  if (input.steps !== null) {
    if (steps === undefined || steps === input.steps) return model;
    throw new Refusal('fixed-steps', `${basename(path)} takes ${input.steps} steps, not ${steps}.`);
  }
  if (steps === undefined) {
    throw new Refusal(
      'steps-needed',
      `${basename(path)} takes any number of steps, but a map is placed on a fixed number of them: say how many (--steps).`,
    );
  }
  return models.open({ ...asked, steps });
}

function build(
  { classifier }: OpenModel,
  ...rest: Parameters<typeof explainerGraph> extends [unknown, ...infer R] ? R : never
): Graph {
  try {
    return explainerGraph(classifier, ...rest);
  } catch (error) {
    throw withWayOut(error);
  }
}

function mustBeOneGraph(method: MethodId): void {
  const { kind, label } = methodNamed(method);
  if (kind === 'graph') return;
  const those = METHODS.filter((each) => each.kind === 'graph').map((each) => `${each.label} (${each.id})`);
  throw new Refusal(
    'several-runs',
    `${label} takes several runs of the model or arithmetic no graph has, so it cannot be one ONNX graph; these can: ${those.join(', ')}.`,
  );
}

/** @throws Refusal `no-preprocess`: raw series that nobody prepares are the commonest mistake there is. */
async function stepsOf(caches: Caches, project: Project | undefined, context: CallContext) {
  if (project?.script !== undefined || !project?.preprocess.length) {
    const why =
      project?.script === undefined
        ? 'no attribution.json says how the data are prepared'
        : `attribution.json links ${basename(project.script)}, and a script cannot be part of a graph`;
    throw new Refusal(
      'no-preprocess',
      `The preprocessing cannot be part of the graph: ${why}; write "standardize" and "pad" under "preprocess", or export the graph without it.`,
    );
  }
  return readySteps(caches, { project, mask: { kind: 'auto' } }, context);
}

/** A file that no runtime loads would be found out on the cluster only. */
async function mustRun({ runtime }: OpenModel, graph: Graph): Promise<void> {
  const session = await runtime.load(graph);
  await session.dispose();
}
