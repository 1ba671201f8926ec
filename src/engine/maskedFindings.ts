import { finiteAnswers } from '../attribution/asker.ts';
import { askInGroups } from '../attribution/askInGroups.ts';
import type { InstanceMap } from '../attribution/explainInstances.ts';
import type { Finding } from '../finding.ts';
import { passedOverSentence } from '../graph/masking/passedOver.ts';
import type { Prepared } from '../preprocess/prepared.ts';
import type { OpenModel } from './models.ts';
import type { Sessions } from './sessions.ts';

/** What masking changed for each instance, against the model as it is: one finding each, in order. */
export async function maskedFindings(
  sessions: Sessions,
  { classifier, ...model }: OpenModel,
  notMasked: readonly string[],
  prepared: readonly Prepared[],
  maps: readonly InstanceMap[],
  names: readonly string[],
): Promise<Finding[]> {
  const { classes, outputIs } = classifier;
  const { steps } = prepared[0]!;
  const session = await sessions.plain({ classifier, ...model });
  const asking = { session, steps, logits: classifier.logits, most: prepared.length, beforeRun: () => {} };
  const plain = finiteAnswers(await askInGroups(classifier, prepared, asking), classes, outputIs);
  const except = notMasked.length > 0 ? ` ${passedOverSentence(notMasked)}` : '';
  return maps.map((map, i): Finding => {
    const predicted = classifier.values ? map.target : plain.predicted[i]!;
    const at = i * classes + predicted;
    const change = (now: Float32Array, before: Float32Array, digits: number) =>
      `${signed(now[predicted]! - before[at]!, digits)} to ${now[predicted]!.toFixed(digits)}`;
    const name = (cls: number) => names[cls] ?? `class ${cls}`;
    const moves = map.probabilities
      ? `the logit of ${name(predicted)}, which the given one predicts, moves by ${change(map.logits, plain.logits, 2)} and its p by ${change(map.probabilities, plain.probabilities, 3)}`
      : `${name(predicted)} moves by ${change(map.logits, plain.logits, 3)}`;
    const other = map.predicted === predicted ? '' : `, and the answer becomes ${name(map.predicted)}`;
    const { length } = prepared[i]!;
    return {
      code: 'masked-model',
      severity: 'info',
      sentence:
        length === steps
          ? 'This is the masked model, a different model from the one given; no step is padded here, so both answer alike.'
          : `This is the masked model, a different model from the one given: with padding kept out of ${notMasked.length > 0 ? 'its input' : 'every layer'} ${moves}${other}.${except}`,
    };
  });
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`;
}
