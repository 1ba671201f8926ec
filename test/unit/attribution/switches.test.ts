import assert from 'node:assert/strict';
import { METHODS, methodNamed } from '../../../src/attribution/methods.ts';
import { SWITCH_NAMES, SWITCHES, switchesFor, switchWords } from '../../../src/attribution/switches.ts';
import { madeHow } from './madeHow.ts';

describe('The switches of a map', () => {
  it('keep their names and words: kept runs, JSON and scripts depend on them', () => {
    assert.deepEqual(
      SWITCH_NAMES.slice(0, 3).map((name) => [name, SWITCHES[name].byDefault, SWITCHES[name].word]),
      [
        ['relu', true, 'no-relu'],
        ['maskedAlpha', false, 'masked-alpha'],
        ['maskedModel', false, 'masked-model'],
      ],
    );
  });

  it('have a word and a name of their own each', () => {
    for (const of of ['word', 'label', 'said'] as const) {
      assert.equal(new Set(SWITCH_NAMES.map((name) => SWITCHES[name][of])).size, SWITCH_NAMES.length, of);
    }
  });

  it('are off where they mean nothing to the method, and say why', () => {
    const all = { relu: true, maskedAlpha: true, maskedModel: true };
    for (const method of METHODS) {
      const found = switchesFor(method, all);
      assert.equal(found.relu, method.relu, method.id);
      assert.equal(found.maskedAlpha, method.realOnly !== null, method.id);
      assert.equal(found.maskedModel, true);
      for (const name of SWITCH_NAMES) {
        const why = SWITCHES[name].without(method);
        assert.equal(why !== null, !found[name] && name in all);
        if (why !== null) assert.ok(why.startsWith(method.label));
      }
    }
    assert.equal(switchesFor(methodNamed('gradcam'), {}).relu, true);
  });

  it('are said where they are not as by default, but for a sign nobody could choose', () => {
    assert.deepEqual(switchWords(madeHow()), []);
    assert.deepEqual(switchWords(madeHow({ relu: false, maskedAlpha: true })), ['signed', 'real steps only']);
    assert.deepEqual(switchWords(madeHow({ layer: 'input', relu: false, maskedModel: true })), [
      'masked model',
    ]);
  });
});
