import assert from 'node:assert/strict';
import { kernelFault } from '../../../src/notebook/kernelFault.ts';

describe('The error of a kernel', () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      JSON.stringify({ name: 'MemoryError', message: 'no room', stack: 'Traceback\n  File "x"' }),
      'MemoryError: no room',
    ],
    [JSON.stringify({ name: 'KeyboardInterrupt', message: '' }), 'KeyboardInterrupt'],
    [JSON.stringify({ message: 'first\nsecond' }), 'first'],
    [JSON.stringify({ name: 3, message: ['x'], stack: 'Traceback' }), ''],
    ['Traceback (most recent call last)\n  File "x"', 'Traceback (most recent call last)'],
    ['7', '7'],
    ['', ''],
  ];
  for (const [text, said] of cases) {
    it(`is said in a line: ${JSON.stringify(text).slice(0, 60)}`, () =>
      assert.equal(kernelFault(text), said));
  }

  it('is never long', () => {
    assert.equal(kernelFault(JSON.stringify({ name: 'E', message: 'x'.repeat(5000) })).length, 301);
  });
});
