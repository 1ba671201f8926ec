import { createHash } from 'node:crypto';
import type { Explanation } from '../../attribution/explanation.ts';
import { SWITCH_NAMES, SWITCHES } from '../../attribution/switches.ts';
import { formatMaskChoice } from '../../preprocess/maskChoice.ts';
import type { Run, RunFacts } from '../../runs/run.ts';
import { picked } from '../../runs/selection.ts';
import type { Selection } from '../core/selection.ts';
import { smallMap } from './smallMap.ts';

/** Stands for the content of an editor with edits; every keystroke would be another one. */
export const unsaved = 'unsaved';

/** Classes whose probability is kept. */
const mostClasses = 64;

/** What an explanation itself does not say. */
export interface Circumstances {
  readonly at: number;
  readonly file: string;
  readonly content: string;
  readonly preprocess: string | null;
  readonly selection: Selection;
  readonly modelPath: string;
}

/** A finished explanation as it is kept. */
export function makeRun(explanation: Explanation, circumstances: Circumstances): Run {
  const { modelPath, selection, ...told } = circumstances;
  const { instance, target, how, shares } = explanation;
  const facts: Omit<RunFacts, 'id'> = {
    ...told,
    selection: picked(selection),
    instance: { id: instance.id, index: instance.index },
    model: { path: modelPath, hash: explanation.provenance.modelHash },
    target,
    how,
    mask: explanation.padding.origin,
    ...answers(explanation),
    shares,
  };
  return { facts: { id: identity(facts, explanation), ...facts }, map: smallMap(explanation) };
}

/** Same content, same model, same settings: the same run, whenever it was made. Of text that nobody has saved, only the last. */
function identity(facts: Omit<RunFacts, 'id'>, explanation: Explanation): string {
  const { file, content, instance, model, preprocess, how, target, selection } = facts;
  const said = [
    ...[file, content, instance, model.hash, preprocess, how.layer, ...named(target), how.method],
    ...(how.options ? [how.options] : []),
    // As earlier versions had it, so that their runs keep their names; switches that came later tell when they are turned.
    [how.relu, how.maskedAlpha, how.maskedModel, selection.truncate],
    selection.mask ? formatMaskChoice(selection.mask) : null,
    ...SWITCH_NAMES.slice(3).filter((name) => how[name] !== SWITCHES[name].byDefault),
  ];
  return createHash('sha256')
    .update(JSON.stringify(said))
    .update(content === unsaved ? '' : explanation.padding.mask)
    .digest('hex')
    .slice(0, 32);
}

/** A plain class as it always was, so that runs of older versions keep their names. */
function named({ index, against, negative }: RunFacts['target']): unknown[] {
  return against || negative ? [index, against?.index ?? null, negative ?? false] : [index];
}

function answers({ prediction, target }: Explanation): Pick<RunFacts, 'predicted' | 'classes' | 'values'> {
  const { probabilities, logits, classes, predicted } = prediction;
  const figures = probabilities ?? logits;
  const one = (index: number) => ({ name: classes[index] ?? `class ${index}`, p: figures[index]! });
  if (!probabilities) return { values: true, predicted: one(target.index), classes: [one(target.index)] };
  const ranked = [...figures.keys()].sort((a, b) => figures[b]! - figures[a]!);
  const kept = new Set([...ranked.slice(0, mostClasses), target.index]);
  return { predicted: one(predicted), classes: [...kept].map(one) };
}
