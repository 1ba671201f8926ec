import assert from 'node:assert/strict';
import { answerIn, kernelProgram } from '../../../src/notebook/kernelProgram.ts';

describe('a program for a kernel', () => {
  it('is one line of ASCII, whatever names are in it', () => {
    const code = kernelProgram('answer = 1', { name: 'größe 😀 \n"""\'\\' }, 'n');
    assert.doesNotMatch(code, /[^\x20-\x7e]/);
    assert.match(code, /^\(lambda .*\)$/);
  });

  it('gives the line with its nonce and no other', () => {
    const printed = 'epoch 1\nattribution-lens other {"a":1}\nattribution-lens n {"a":2}\nmore';
    assert.deepEqual(answerIn(printed, 'n'), { a: 2 });
    for (const none of ['', 'attribution-lens n {"a":', 'x attribution-lens n {}']) {
      assert.equal(answerIn(none, 'n'), undefined);
    }
  });
});
