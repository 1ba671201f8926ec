import type { Raster } from '../../attribution/explanation.ts';
import type { ExplainedCase } from '../../evaluation/explainedCase.ts';
import { randomised, type WeightSource } from '../../graph/randomised.ts';
import { createRandom } from '../../random.ts';
import type { Caches } from '../caches.ts';
import type { CallContext } from '../contract.ts';
import { explainMany } from '../explain.ts';
import type { Models, OpenModel } from '../models.ts';
import type { EvaluateRequest, ExplainRequest } from '../requests.ts';
import { Sessions } from '../sessions.ts';
import type { NamedWeights } from './weightStages.ts';

/** Of one draw, which is compared and forgotten. */
const CACHE_BYTES = 300e6;

/**
 * Signed maps of the same instances and classes from the model with the weights of some stages drawn anew. The same draw of the
 * same stage has the same weights whatever else is drawn.
 */
export async function randomisedMaps(
  caches: Caches,
  request: EvaluateRequest,
  cases: readonly ExplainedCase[],
  stages: readonly (NamedWeights & { readonly place: number })[],
  draw: number,
  context: CallContext,
): Promise<Raster[]> {
  const sessions = new Sessions(CACHE_BYTES);
  const models = redrawn(caches.models, stages, request.seed ?? 1, draw);
  const maps = new Map<number, Raster>();
  try {
    for (const target of new Set(cases.map((one) => one.target))) {
      const asked: ExplainRequest = { ...request, target, relu: false };
      const positions = cases.filter((one) => one.target === target).map(({ index }) => index);
      for await (const batch of explainMany({ ...caches, models, sessions }, asked, positions, context)) {
        for (const { instance, map } of batch) maps.set(instance.index, map);
      }
    }
  } finally {
    await sessions.clear();
  }
  return cases.map(({ index }) => maps.get(index)!);
}

/** The open models with other weights, described as they are. */
function redrawn(
  models: Caches['models'],
  stages: readonly (NamedWeights & { readonly place: number })[],
  seed: number,
  draw: number,
): Caches['models'] {
  const change = (open: OpenModel): OpenModel => {
    let { graph } = open.classifier;
    for (const { weights, place } of stages) {
      graph = randomised(graph, new Set(weights), sourceOf(seed, draw, place));
    }
    const key = `${open.key} redrawn ${seed} ${draw} ${stages.map(({ place }) => place).join(',')}`;
    return { ...open, key, classifier: { ...open.classifier, graph } };
  };
  return {
    runtime: (prefer) => models.runtime(prefer),
    open: async (request: Parameters<Models['open']>[0]) => change(await models.open(request)),
    masked: (open) => models.masked(open),
  };
}

function sourceOf(seed: number, draw: number, place: number): WeightSource {
  return createRandom((seed * 1000 + draw) * 100 + place);
}
