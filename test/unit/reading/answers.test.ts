import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ProjectPatch } from '../../../src/data/reading/readingPlan.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { patchProject } from '../../../src/project/patchProject.ts';
import { engineIn } from '../engine/engineIn.ts';
import { type ReadingCase, readingCases } from './judge.ts';

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'reading');
/** Questions that follow on each other. */
const DEEPEST = 4;
/**
 * What a person has still to do after an answer, and is told: values to be filled, a row without any.
 */
const STILL_TO_DO = new Set(['missing-value', 'no-steps']);

/** Settings of earlier answers that a later one says otherwise; a label that does not hold may be given up. */
function takenBack(given: ProjectPatch['data'] = {}, said: ProjectPatch['data'] = {}): string[] {
  return Object.keys(said).filter(
    (key) =>
      key in given && !isDeepStrictEqual(given[key], said[key]) && !(key === 'label' && said[key] === null),
  );
}

describe('the answers to a question about a file', () => {
  const { engine, put } = engineIn('answers');
  let asked = 0;
  const back: string[] = [];

  async function follow(
    one: Pick<ReadingCase, 'id' | 'model' | 'file'>,
    settings: string,
    trail: readonly string[],
    given: ProjectPatch['data'] = {},
  ): Promise<void> {
    const request = {
      model: join(folder, one.model),
      data: join(folder, one.file),
      project: put('attribution.json', settings),
      truncate: true,
      instance: 0,
    };
    const error: unknown = await engine.explain(request).then(
      () => undefined,
      (reason) => reason,
    );
    if (error === undefined) return;
    const why = `${one.id}: ${trail.join(' > ')}: ${error}`;
    if (!(error instanceof ReadingQuestion)) {
      const isToDo = STILL_TO_DO.has((error as { readonly code: string }).code);
      assert.ok(trail.length === 0 || isToDo, why);
      return;
    }
    asked++;
    assert.ok(trail.length < DEEPEST, why);
    for (const { label, patch } of error.doubt.ways) {
      const answered = patchProject(settings, patch);
      assert.notEqual(answered, settings, `${why}: ${label}`);
      const said: readonly string[] = [...trail, `${error.doubt.id}: ${label}`];
      for (const key of takenBack(given, patch.data)) back.push(`${key}: ${said.join(' > ')}`);
      await follow(one, answered, said, { ...given, ...patch.data });
    }
  }

  it('can all be followed: each is read, or leads to another question', async () => {
    for (const one of readingCases()) {
      const settings = one.config ? readFileSync(join(folder, one.config), 'utf8') : '{}';
      // Models of one feature ask the most of a table.
      for (const model of new Set([one.model, 'f1_free.onnx', 'f1_t100.onnx']))
        await follow({ ...one, model }, settings, []);
    }
    assert.ok(asked > 60, String(asked));
    assert.deepEqual(back, []);
  });
});
