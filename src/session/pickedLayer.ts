import { INPUT_LAYER } from '../attribution/inputLayer.ts';
import { layerByDefault } from '../graph/layerByDefault.ts';
import type { SessionState } from './state.ts';

/** The layer a method at a layer takes: the one in sight, else the one picked, else the engine's own choice. */
export function pickedLayer({ explanation, selection, model }: SessionState): string | undefined {
  const shown = explanation?.layer.name;
  if (shown !== undefined && shown !== INPUT_LAYER) return shown;
  return selection.layer ?? layerByDefault(model?.layers ?? [], model?.values)?.name;
}
