import type { MethodId } from '../attribution/explanation.ts';
import { mapGraph } from '../attribution/mapGraph.ts';
import type { Layer } from '../graph/classifier.ts';
import type { Session } from '../runtime/runtime.ts';
import { withLogitsOnly } from './audit/plainAnswers.ts';
import { ByteBoundCache } from './cache.ts';
import type { OpenModel } from './models.ts';

export interface MapSettings {
  readonly method: MethodId;
  readonly relu: boolean;
  readonly maskedAlpha: boolean;
}

/** Loaded map graphs, one per model, layer and settings. */
export class Sessions {
  readonly #loaded: ByteBoundCache<Session>;

  constructor(cacheBytes: number) {
    this.#loaded = new ByteBoundCache(cacheBytes);
  }

  get(model: OpenModel, layer: Layer, { method, relu, maskedAlpha }: MapSettings): Promise<Session> {
    const key = JSON.stringify([model.key, layer.tensor, method, relu, maskedAlpha]);
    return this.#loaded.get(key, async () => {
      const graph = mapGraph(model.classifier, layer, { method, relu, maskedAlpha });
      const session = await model.runtime.load(graph);
      // Besides the constants a session keeps its arena, which is of the order of some activations.
      return { value: session, bytes: model.bytes + 4_000_000, dispose: () => session.dispose() };
    });
  }

  /** The model alone, its logits as the one output. */
  plain(model: OpenModel): Promise<Session> {
    return this.#loaded.get(JSON.stringify([model.key, 'plain']), async () => {
      const session = await model.runtime.load(withLogitsOnly(model.classifier));
      return { value: session, bytes: model.bytes + 4_000_000, dispose: () => session.dispose() };
    });
  }

  clear(): Promise<void> {
    return this.#loaded.clear();
  }
}
