import assert from 'node:assert/strict';
import { read, sources } from './sources.ts';

interface Exported {
  readonly name: string;
  readonly comment: string;
  /** From the name to the brace that opens the body. */
  readonly signature: string;
  readonly body: string;
}

const functions: readonly Exported[] = sources.flatMap((file) => {
  const text = read(file);
  return [...text.matchAll(/^export (?:async )?function\*? (\w+)/gm)].map((match) => {
    const before = text.slice(0, match.index).trimEnd();
    const after = text.slice(match.index);
    const end = after.indexOf('\n}\n');
    return {
      name: `${file}#${match[1]}`,
      comment: before.endsWith('*/') ? before.slice(before.lastIndexOf('/**')) : '',
      signature: after.slice(0, after.indexOf(' {\n')),
      body: after.slice(0, end < 0 ? undefined : end),
    };
  });
});

describe('Comments of functions that others call', () => {
  it('name the refusals that are thrown', () => {
    // Caught where it is thrown: it becomes the reason why a figure is not there.
    const caught = ['src/evaluation/runEvaluation.ts#runEvaluation'];
    const refusing = functions.filter(({ body }) => body.includes('throw new Refusal('));
    assert.ok(refusing.length > 100);
    assert.deepEqual(
      refusing
        .filter(({ name, comment }) => !comment.includes('@throws') && !caught.includes(name))
        .map(({ name }) => name),
      [],
    );
  });

  it('say the shape of numbers that are taken or given', () => {
    const numeric = functions.filter(({ signature }) => /\bFloat(?:32|64)Array\b/.test(signature));
    assert.ok(numeric.length > 50);
    assert.deepEqual(
      numeric.filter(({ comment }) => !comment.includes('[')).map(({ name }) => name),
      [],
    );
  });
});
