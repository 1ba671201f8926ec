import { basename } from 'node:path';
import { gradientFault } from '../attribution/gradientAvailability.ts';
import { isGradientRefusal } from '../attribution/gradientRefusal.ts';
import type { FullHow, How } from '../attribution/how.ts';
import { type ExplainedLayer, inputLayer } from '../attribution/inputLayer.ts';
import { usedOptions } from '../attribution/methodOptions.ts';
import { DEFAULT_METHOD, METHODS, methodNamed, WITHOUT_GRADIENT } from '../attribution/methods.ts';
import { checkOptions } from '../attribution/optionText.ts';
import { switchesFor } from '../attribution/switches.ts';
import type { Finding } from '../finding.ts';
import type { Layer } from '../graph/classifier.ts';
import { layerByDefault } from '../graph/layerByDefault.ts';
import { layerOrTensor } from '../graph/layerOrTensor.ts';
import { Refusal } from '../refusal.ts';
import { targetWords } from './classNames.ts';
import type { OpenModel } from './models.ts';
import type { Subject } from './subject.ts';

/** Where and how a map is taken, once every default is filled in. */
interface WhereAndHow {
  readonly layer: ExplainedLayer;
  readonly how: FullHow;
  readonly findings: readonly Finding[];
}

type Context = Pick<Subject, 'project' | 'names'>;

/**
 * @param steps T of the instances
 * @throws Refusal `unknown-method`, `bad-option`, `no-layer`, or as layerOrTensor and targetOf do
 */
export function howToExplain(subject: Context, request: How, model: OpenModel, steps: number): WhereAndHow {
  const { method, findings } = chosenMethod(subject, request, model);
  const facts = methodNamed(method);
  checkOptions(request.options ?? {});
  const layer =
    facts.at === 'input' ? inputLayer(model.classifier.input, steps) : chosenLayer(subject, request, model);
  const how: FullHow = {
    layer: layer.name,
    ...targetWords(request, subject.names),
    method,
    ...(facts.options.length > 0 && { options: usedOptions(facts.options, request.options) }),
    ...switchesFor(facts, request),
  };
  return { layer, how, findings };
}

/** The one asked for, else Grad-CAM, else what needs no gradient where none can be taken. */
function chosenMethod(
  subject: Context,
  request: How,
  model: OpenModel,
): Pick<FullHow, 'method'> & Pick<WhereAndHow, 'findings'> {
  const { method } = request;
  if (method !== undefined) {
    if (methodNamed(method)) return { method, findings: [] };
    const known = METHODS.map(({ id }) => id).join(', ');
    throw new Refusal('unknown-method', `There is no method ${JSON.stringify(method)}; there are ${known}.`);
  }
  const fault = whyNoDefault(subject, request, model);
  if (fault === null) return { method: DEFAULT_METHOD, findings: [] };
  const { label } = methodNamed(WITHOUT_GRADIENT);
  const sentence = `${fault} Therefore this is ${label}, which needs no gradient.`;
  return {
    method: WITHOUT_GRADIENT,
    findings: [{ code: 'no-gradient-fallback', severity: 'warning', sentence }],
  };
}

function whyNoDefault(subject: Context, request: How, model: OpenModel): string | null {
  if (model.classifier.layers.length === 0 && request.layer === undefined) return noLayer(model);
  return gradientFault(model.classifier, chosenLayer(subject, request, model));
}

/** The one asked for, else what attribution.json says for its own model, else the layer by default. */
function chosenLayer({ project }: Context, request: How, model: OpenModel): Layer {
  const name = request.layer ?? (project?.model === model.path ? project?.layer : undefined);
  return name === undefined ? byDefault(model) : layerOrTensor(model.classifier, name);
}

function byDefault(model: OpenModel): Layer {
  const { layers, values } = model.classifier;
  const layer = layerByDefault(layers, values);
  if (!layer) throw new Refusal('no-layer', `${noLayer(model)} Choose a method at the input.`);
  return layer;
}

function noLayer({ path }: OpenModel): string {
  return `${basename(path)} has no layer with a time axis, so there is nothing to draw a layer's map on.`;
}

/** A refusal for want of a gradient, with what works without one. */
export function withWayOut(error: unknown): unknown {
  if (!(error instanceof Refusal) || !isGradientRefusal(error.code)) return error;
  const others = METHODS.filter(({ needsGradient }) => !needsGradient).map(({ label }) => label);
  return new Refusal(error.code, `${error.message} These methods need no gradient: ${others.join(', ')}.`);
}
