import { INPUT_LAYER } from '../attribution/inputLayer.ts';
import type { SessionState } from './state.ts';

/** The layer a method at a layer takes: the one in sight, else the one picked, else the engine's own choice. */
export function pickedLayer({ explanation, selection, model }: SessionState): string | undefined {
  const shown = explanation?.layer.name;
  if (shown !== undefined && shown !== INPUT_LAYER) return shown;
  const layers = model?.layers ?? [];
  return selection.layer ?? (layers.find(({ marks }) => marks.includes('last conv')) ?? layers.at(-1))?.name;
}
