import assert from 'node:assert/strict';
import { join } from 'node:path';
import { SETTINGS, settingsGiven } from '../../../src/api/asked.ts';
import type { AuditAsked, ModelAsked } from '../../../src/api/askedTypes.ts';
import { KINDS } from '../../../src/api/kinds.ts';
import { explainedBy } from '../../../src/api/questions.ts';
import { seriesFile } from '../../../src/api/series.ts';
import { audit, type ExplainAsked, explain, loadModel, Refusal } from '../../../src/api.ts';
import { root } from '../../workbench/folders.ts';
import { engineIn } from '../engine/engineIn.ts';

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
  const { engine } = engineIn('given');
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
    'a report that is no function': [
      () => explain('m.onnx', 'd.csv', loosely({ report: 5 })),
      /^The setting "report" is a function, not 5\.$/,
    ],
    'an option that no method has': [
      () => explain('m.onnx', 'd.csv', loosely({ options: { nope: 1 } })),
      /^There is no option "nope" of methods; there are baseline, .*stride\.$/,
    ],
    'no time': [
      () => loadModel('m.onnx', { timeoutSeconds: -1 }),
      /"timeoutSeconds" is .* above 0, up to 1000000, not -1\.$/,
    ],
    'a seed below 0': [
      () => audit('m.onnx', 'd.csv', { seed: -1 }),
      /"seed" is a whole number from 0 to 999999999, not -1/,
    ],
    'a seed that no surface takes': [
      () => audit('m.onnx', 'd.csv', { seed: 2 ** 32 }),
      /from 0 to 999999999, not 4294967296/,
    ],
    'half a seed': [() => audit('m.onnx', 'd.csv', { seed: 1.5 }), /"seed" is a whole number/],
    'a series without end': [async () => seriesFile([{ length: 1e12 }]), /Feature 0 .*10,000,000/],
    'a series with gaps that are no NaN': [
      async () => seriesFile(loosely([[1, 2, null]])),
      /Feature 0 of the series holds no number at step 2/,
    ],
    'a series without a bound': [
      async () => seriesFile([[1, 2, -Infinity]]),
      /^Feature 0 of the series is -Infinity at step 2, .*: give NaN/,
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

  it('speak of no file where numbers were given', async () => {
    const series = (value: number) => Array.from({ length: 4 }, () => Array(24).fill(value));
    const asked = { set: ['input=NFT'] };
    const tiny = join(root, 'test/fixtures/tiny/tiny.onnx');
    const explained = (value: number) => explainedBy(engine, tiny, series(value), asked);
    await assert.rejects(explained(Number.NaN), /^Refusal: The series holds NaN .*step 0/);
    const { findings } = await explained(1);
    assert.deepEqual(
      findings.filter(({ sentence }) => /npz|array/.test(sentence)),
      [],
    );
  });

  it('refuse settings of another kind, by name', () => {
    const other = {
      mask: 5,
      set: 'x',
      layer: 3,
      target: {},
      truncate: 'yes',
      signal: {},
      seed: 'x',
      relu: 'no',
    };
    for (const [name, value] of Object.entries(other)) {
      const of = name === 'seed' ? 'audit' : 'explain';
      assert.throws(
        () => settingsGiven(of, { [name]: value }),
        new RegExp(`^Refusal: The setting "${name}" is `),
      );
      settingsGiven(of, { [name]: undefined });
    }
    settingsGiven('explain', {
      signal: AbortSignal.abort(),
      set: ['data.time=t'],
      target: 0,
      against: 'runner-up',
    });
  });

  it('know the settings of the types, and the kind of each', () => {
    assert.equal(same.length, 3);
    for (const name of Object.values(SETTINGS).flat()) assert.ok(name in KINDS, name);
  });
});
