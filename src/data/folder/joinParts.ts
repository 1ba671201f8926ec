import { count } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import type { Dataset, Instance } from '../dataset.ts';
import { LazyInstance } from '../lazyInstance.ts';
import { stepRange } from '../reading/stepRange.ts';
import { once } from './folderFindings.ts';
import { valuesInOrder } from './instancesOf.ts';
import { type FilePart, inOrder, isRest } from './parts.ts';

/**
 * Parts of one table as one data set: what ends a file and begins the next is one instance.
 * @param like how all were read
 * @throws Refusal `folder-parts` where time or label does not go on
 */
export function joinParts(folder: string, files: readonly FilePart[], like: Dataset): Dataset {
  const parts = inOrder(files);
  const pieces: { readonly of: Instance; readonly file: string }[][] = [];
  for (const { name, dataset } of parts) {
    const order = like.features.map((feature) => dataset.features.indexOf(feature));
    for (const [place, one] of dataset.instances.entries()) {
      const last = pieces.at(-1);
      const of = order.every((feature, at) => feature === at) ? one : reordered(one, order);
      if (place === 0 && isRest(one, last?.at(-1)?.of, dataset.layout)) {
        refuseBreak(folder, last!.at(-1)!, { of: one, file: name });
        last!.push({ of, file: name });
      } else pieces.push([{ of, file: name }]);
    }
  }
  const instances = pieces.map((some, index) => joined(some, index, like.features.length));
  const { cells: _, ...rest } = like;
  const sentence = `${folder} is read as one table of ${count(parts.length, 'part')}, ${parts[0]!.name} first ("filesAre" is "parts").`;
  return {
    ...rest,
    instances,
    findings: [
      { code: 'folder', severity: 'info', sentence },
      ...once(parts.flatMap(({ dataset }) => dataset.findings)),
    ],
    ...(like.plan && {
      plan: {
        ...like.plan,
        ...{ file: folder, alternatives: [], instances: instances.length, steps: stepRange(instances) },
      },
    }),
  };
}

type Piece = { readonly of: Instance; readonly file: string };

function refuseBreak(folder: string, before: Piece, after: Piece): void {
  const [end, begin] = [before.of.times?.at(-1), after.of.times?.[0]];
  const back = end !== undefined && begin !== undefined && begin <= end;
  const relabelled = before.of.label !== after.of.label;
  if (!back && !relabelled) return;
  throw new Refusal(
    'folder-parts',
    `${folder}: ${after.file} does not go on where ${before.file} ends (${back ? 'its times start again' : 'the label is another'}), as parts of one table do ("filesAre": "parts").`,
  );
}

/** Its rows lie in several files, so none is marked. */
function joined(pieces: readonly Piece[], index: number, features: number): Instance {
  const [{ of: one, file }] = pieces as [Piece];
  const parts = pieces.map(({ of }) => of);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const isWhole = parts.length === 1;
  const plain = {
    ...{ id: one.id, index, label: one.label, length, ...(isWhole && { file }) },
    ...(parts.some(({ mask }) => mask) && { mask: masks(parts, length) }),
  };
  const values = () => {
    const all = new Float64Array(features * length);
    let from = 0;
    for (const part of parts) {
      const { values: own, length: steps } = part;
      for (let feature = 0; feature < features; feature++) {
        all.set(own.subarray(feature * steps, (feature + 1) * steps), feature * length + from);
      }
      from += steps;
    }
    return all;
  };
  const times = parts.every((part) => part.times)
    ? () => Float64Array.from(parts.flatMap((part) => [...part.times!]))
    : undefined;
  const lines = isWhole && one.lines ? () => one.lines! : undefined;
  return new LazyInstance(plain, values, lines, times);
}

function masks(parts: readonly Instance[], length: number): Uint8Array {
  const all = new Uint8Array(length).fill(1);
  let from = 0;
  for (const { mask, length: steps } of parts) {
    if (mask) all.set(mask, from);
    from += steps;
  }
  return all;
}

/** Features as the first part has them. */
function reordered(one: Instance, order: readonly number[]): Instance {
  return new LazyInstance(one, () => valuesInOrder(one, order), undefined, one.times && (() => one.times!));
}
