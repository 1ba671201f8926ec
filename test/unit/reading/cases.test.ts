import assert from 'node:assert/strict';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { judge, readingCases } from './judge.ts';

/** Files that are easily misread: read right, or asked with the cause and a way out. */
describe('reading: files that people have', () => {
  let engine: LocalEngine;
  before(() => {
    engine = createEngine();
  });
  after(() => engine.dispose());

  for (const one of readingCases()) {
    it(`${one.id} is ${one.accept.join(' or ')}`, async () => {
      const { outcome, why } = await judge(one, engine);
      if (process.env.READING_SCORE) console.log(`      ${outcome.toUpperCase()} ${why}`);
      assert.notEqual(outcome, 'wrong', why);
    });
  }
});
