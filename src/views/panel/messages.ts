import * as path from 'node:path';
import { availableMethods, factsOf } from '../../attribution/availableMethods.ts';
import { methodNamed } from '../../attribution/methods.ts';
import type { Selection } from '../../session/core/selection.ts';
import { layersFor } from '../../session/layerChoice.ts';
import { pickedLayer } from '../../session/pickedLayer.ts';
import type { SessionState } from '../../session/state.ts';
import { remedies } from '../remedies.ts';
import type { PanelLook, PanelView, ToPanel } from './contract.ts';

/** What the page needs to be told to draw a state, given the last one it was told. @param kept by which the panel's picks are found again, where it is kept */
export function messages(
  state: SessionState,
  told: SessionState | undefined,
  look: PanelLook,
  kept: string | null = null,
): ToPanel[] {
  const { activity } = state;
  const picture = pictureChanged(state, told) ? show(state, look, kept) : [];
  if (activity.kind === 'busy') {
    return [...picture, activity];
  }
  if (activity.kind === 'refused') {
    const { kind, sentence } = activity;
    const canRetry = activity.code !== 'untrusted';
    const actions = remedies(activity, state);
    const forgetPicture = state.explanation === undefined;
    return [...picture, { kind, sentence, canRetry, actions, forgetPicture }];
  }
  // Idle has no message of its own: the picture itself says that nothing is going on.
  return picture.length > 0 || told?.activity.kind === 'idle' ? picture : show(state, look, kept);
}

function pictureChanged(state: SessionState, told: SessionState | undefined): boolean {
  return (
    state.explanation !== told?.explanation ||
    state.selection !== told?.selection ||
    state.data !== told?.data ||
    state.model !== told?.model
  );
}

function show(state: SessionState, look: PanelLook, kept: string | null): ToPanel[] {
  const { file, data, model, explanation, selection } = state;
  if (!file || !data || !model || !explanation) {
    return [];
  }
  const { methods: offered, reason } = availableMethods(model.noGradient, pickedLayer(state));
  const own = methodNamed(explanation.how.method);
  const view: PanelView = {
    explanation,
    layers: layersFor(state).layers,
    methods: (offered.includes(own) ? offered : [own, ...offered]).map(factsOf),
    ...(reason && { leftOut: reason }),
    chosenClass: chosenClass(selection.target, model.classes),
    chosenAgainst: chosenAgainst(selection, model.classes),
    modelName: path.basename(model.path),
    dataName: path.basename(data.path),
    look,
    kept: kept !== null,
  };
  const keep = { file: file.toString(), ...(kept !== null && { kept }) };
  return [{ kind: 'show', view, keep }];
}

function chosenClass(target: number | string | undefined, classes: readonly string[]): number | null {
  if (target === undefined || target === 'predicted') return null;
  return typeof target === 'string' ? classes.indexOf(target) : target;
}

function chosenAgainst(
  { against, negative }: Selection,
  classes: readonly string[],
): PanelView['chosenAgainst'] {
  if (negative) return 'negative';
  if (against === undefined || against === 'runner-up') return against ?? null;
  return chosenClass(against, classes);
}
