import type { MapLayer, MapOptions } from '../attribution/mapGraph.ts';
import { graphKey, graphOf, type MethodGraphs } from '../attribution/methodSession.ts';
import type { Graph } from '../graph/graph.ts';
import type { LoadedGraph } from '../graph/runtime.ts';
import { withLogitsOnly } from './audit/plainAnswers.ts';
import { ByteBoundCache } from './cache.ts';
import type { OpenModel } from './models.ts';

/** Loaded graphs, one per model, layer, settings and purpose. */
export class Sessions {
  readonly #loaded: ByteBoundCache<LoadedGraph>;

  constructor(cacheBytes: number) {
    this.#loaded = new ByteBoundCache(cacheBytes);
  }

  /** What a method asks of a model at one layer; graphs are built and loaded when it asks. */
  async get(model: OpenModel, layer: MapLayer, options: MapOptions): Promise<MethodGraphs> {
    return {
      load: (kind, contrast) =>
        this.#get([model.key, graphKey(kind, layer, options, contrast)], model, () =>
          graphOf(kind, model.classifier, layer, options, contrast),
        ),
      dispose: async () => {},
    };
  }

  /** The model alone, its logits as the one output. */
  plain(model: OpenModel): Promise<LoadedGraph> {
    return this.#get([model.key, 'logits only'], model, () => withLogitsOnly(model.classifier));
  }

  clear(): Promise<void> {
    return this.#loaded.clear();
  }

  #get(name: readonly string[], model: OpenModel, build: () => Graph): Promise<LoadedGraph> {
    return this.#loaded.get(JSON.stringify(name), async () => {
      const session = await model.runtime.load(build());
      // Besides the constants a session keeps its arena, which is of the order of some activations.
      return { value: session, bytes: model.bytes + 4_000_000, dispose: () => session.dispose() };
    });
  }
}
