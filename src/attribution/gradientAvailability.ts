import { reachedBack } from '../graph/gradient/reachedBack.ts';
import { noPath } from '../graph/gradient/unsupported.ts';
import { Refusal } from '../refusal.ts';
import { isGradientRefusal } from './gradientRefusal.ts';
import { INPUT_LAYER, inputLayer } from './inputLayer.ts';
import { appendGradient, type MapLayer, type MapModel } from './mapGraph.ts';
import type { ModelInput } from './modelFeed.ts';

const asked = new WeakMap<MapModel, Map<string, string | null>>();

/** Why no gradient leads from the logits to this layer, in a sentence; null where one does. */
export function gradientFault(model: MapModel, layer: MapLayer & { readonly name?: string }): string | null {
  const answers = asked.get(model) ?? new Map<string, string | null>();
  asked.set(model, answers);
  const known = answers.get(layer.tensor);
  if (known !== undefined) return known;
  const fault = faultAt(model, layer);
  answers.set(layer.tensor, fault);
  return fault;
}

function faultAt(model: MapModel, layer: MapLayer & { readonly name?: string }): string | null {
  try {
    appendGradient(model, layer, { relu: false, maskedAlpha: false }, (_, { activation }) => activation);
    return null;
  } catch (error) {
    if (!(error instanceof Refusal && isGradientRefusal(error.code))) throw error;
    return error.code === 'no-gradient-path' ? noPath(layer.name ?? layer.tensor).message : error.message;
  }
}

type Faults = Readonly<Record<string, string>>;

interface LayeredModel extends MapModel {
  readonly input: ModelInput;
  readonly layers: readonly (MapLayer & { readonly name: string })[];
}

const known = new WeakMap<MapModel, Faults>();

/** Per layer name (`input` for the input) why no gradient can be taken there; empty where it can everywhere. */
export function gradientFaults(model: LayeredModel): Faults {
  const found = known.get(model) ?? faultsOf(model);
  known.set(model, found);
  return found;
}

function faultsOf(model: LayeredModel): Faults {
  const atInput = gradientFault(model, inputLayer(model.input, 0));
  // What a gradient passes on its way to the input, it passes on its way to every layer, but for those beside it.
  const reached = atInput === null ? reachedBack(model.graph, model.logits) : new Set<string>();
  const faults = model.layers.flatMap((layer) => {
    if (reached.has(layer.tensor)) return [];
    const fault = gradientFault(model, layer);
    return fault === null ? [] : [[layer.name, fault] as const];
  });
  return Object.fromEntries([...faults, ...(atInput === null ? [] : [[INPUT_LAYER, atInput]])]);
}
