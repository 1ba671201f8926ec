import assert from 'node:assert/strict';
import type { SETTINGS } from '../../../src/api/asked.ts';
import type { AuditAsked, ModelAsked } from '../../../src/api/model.ts';
import { audit, type ExplainAsked, explain, loadModel, Refusal } from '../../../src/api.ts';

/** The types and the list for those who have none hold the same names: else this does not compile. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
const same: readonly [
  Same<keyof ModelAsked, (typeof SETTINGS)['loadModel'][number]>,
  Same<keyof ExplainAsked, (typeof SETTINGS)['explain'][number]>,
  Same<keyof AuditAsked, (typeof SETTINGS)['audit'][number]>,
] = [true, true, true];

// As plain JavaScript calls them.
const loosely = (given: unknown) => given as never;

describe('the functions of the package, called without types', () => {
  const cases: Readonly<Record<string, readonly [() => Promise<unknown>, RegExp]>> = {
    'a model that is no path': [
      () => loadModel(loosely({})),
      /model is given as a path: some text, not an object/,
    ],
    'a model that is empty': [() => explain('', 'd.csv'), /not empty text/],
    'a setting that is misspelt': [
      () => explain('m.onnx', 'd.csv', loosely({ instnce: 3 })),
      /^There is no setting "instnce" of explain; there are .*instance/,
    ],
    'settings that are a list': [
      () => audit('m.onnx', 'd.csv', loosely([])),
      /of audit are an object, not a list/,
    ],
  };
  for (const [what, [ask, words]] of Object.entries(cases)) {
    it(`refuse ${what}`, async () => {
      await assert.rejects(ask, (error) => {
        assert.ok(error instanceof Refusal);
        assert.equal(error.code, 'bad-argument');
        assert.match(error.message, words);
        return true;
      });
    });
  }

  it('know the settings of the types', () => {
    assert.equal(same.length, 3);
  });
});
