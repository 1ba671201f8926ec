import assert from 'node:assert/strict';
import { Refusal } from '../../src/refusal.ts';

/** For assert.throws and assert.rejects: a Refusal of this code, one sentence, with these words. */
export function refusal(code: string, words: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(
      error instanceof Refusal,
      `not a Refusal: ${error instanceof Error ? error.stack : String(error)}`,
    );
    assert.equal(error.code, code, error.message);
    assert.match(error.message, words);
    assert.ok(!error.message.includes('\n'), 'more than one line');
    assert.match(error.message, /[.!?…]$/);
    return true;
  };
}
