import { type MethodId, methodNamed } from '../attribution/methods.ts';
import type { LayerSummary } from '../graph/layerSummary.ts';
import type { Selection } from './core/selection.ts';
import type { SessionState } from './state.ts';

/** What looks at a class and needs no gradient, for a layer where none can be taken. */
const withoutGradient: MethodId = 'ablationcam';

/** What picking a layer changes: a method at the input takes none, so whoever picks one wants to see a layer's map. */
export function layerChoice({ explanation, model }: SessionState, layer: string): Partial<Selection> {
  if (!explanation || methodNamed(explanation.how.method).at === 'layer') return { layer };
  return { layer, method: model?.noGradient?.[layer] === undefined ? undefined : withoutGradient };
}

/** The layers that the method in sight can take, and why others are left out. */
export function layersFor({ explanation, model }: SessionState): {
  readonly layers: readonly LayerSummary[];
  readonly reason?: string;
} {
  const all = model?.layers ?? [];
  const method = explanation && methodNamed(explanation.how.method);
  const fault = ({ name }: LayerSummary) => model?.noGradient?.[name];
  if (!method?.needsGradient || method.at === 'input') return { layers: all };
  const layers = all.filter((layer) => fault(layer) === undefined);
  const out = all.find((layer) => fault(layer) !== undefined);
  return out === undefined
    ? { layers }
    : { layers, reason: `${method.label} needs a gradient; ${out.name} and others have none. ${fault(out)}` };
}
