import { setImmediate as breathe } from 'node:timers/promises';
import { labelIndex } from '../../data/labelIndex.ts';
import type { Finding } from '../../finding.ts';
import type { Case, InputShape } from '../../preprocess/case.ts';
import type { ReadyStep } from '../../preprocess/step.ts';
import { Refusal } from '../../refusal.ts';
import { areHeld, withMadeNumbers } from '../../training/madeNumbers.ts';
import type { CallContext } from '../contract.ts';
import { prepareOne } from '../explain.ts';
import { SaidOfSeries } from '../reading/saidOfData.ts';
import type { FileRequest } from '../requests.ts';
import type { Subject } from '../subject.ts';

/** Prepared between two looks at whether somebody has cancelled. */
const GROUP = 32;

/**
 * Instances of a file as the model takes them, with their labels, and what was noticed while they were prepared.
 * @throws Refusal `no-such-instance`, `lengths-differ`, or as prepare; the signal's reason when cancelled
 */
export async function auditCases(
  subject: Subject,
  request: FileRequest,
  steps: readonly ReadyStep[],
  { report, signal }: CallContext,
): Promise<{
  readonly cases: readonly Case[];
  readonly shape: InputShape;
  readonly noticed: readonly Finding[];
}> {
  const cases: Case[] = [];
  const noticed = new SaidOfSeries();
  const all = chosen(subject, request.instances);
  let length: number | undefined;
  for (const [done, instance] of all.entries()) {
    if (done % GROUP === 0) {
      report?.(done / all.length, `Preparing (${done} of ${all.length})`);
      await breathe();
      signal?.throwIfAborted();
    }
    const make = () => prepareOne(subject, instance, steps, request);
    const prepared = make();
    noticed.add(prepared);
    length ??= prepared.x.length;
    if (prepared.x.length !== length) throw lengthsDiffer();
    const { names, values } = subject.names;
    // Among outputs that are numbers no label is a class, whatever its number.
    const said = values ? undefined : instance.label;
    const label = labelIndex(said ?? '', names);
    const rest = {
      id: instance.id,
      index: instance.index,
      mask: prepared.mask,
      length: prepared.length,
      label: label < 0 ? null : label,
      ...(said !== undefined && label < 0 && { unknownLabel: said }),
    };
    const held = areHeld(all.length, length);
    cases.push(held ? { ...rest, x: prepared.x } : withMadeNumbers(rest, () => make().x));
  }
  const shape = { features: subject.model.classifier.input.features, steps: cases[0]!.mask.length };
  return { cases, shape, noticed: noticed.findings };
}

function chosen({ dataset }: Subject, positions: readonly number[] | undefined) {
  if (positions === undefined) return dataset.instances;
  if (positions.length === 0)
    throw new Refusal('no-such-instance', 'No instance was named, so there is nothing to audit.');
  return positions.map((position) => {
    const instance = dataset.instances[position];
    if (instance) return instance;
    throw new Refusal(
      'no-such-instance',
      `There is no instance ${position}: the file has ${dataset.instances.length}, 0 to ${dataset.instances.length - 1}.`,
    );
  });
}

function lengthsDiffer(): Refusal {
  return new Refusal(
    'lengths-differ',
    'The instances are not padded to one length, so there is no padding to audit; add { "pad": { "to": … } } to "preprocess" in attribution.json.',
  );
}
