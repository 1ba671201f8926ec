import assert from 'node:assert/strict';
import { pagePolicy } from '../../../src/views/panel/policy.ts';

describe('The policy of the page', () => {
  it('allows one script, our files, no base, no form and no address', () => {
    assert.deepEqual(pagePolicy('https://ours', 'n').split('; '), [
      "default-src 'none'",
      'img-src https://ours data: blob:',
      'font-src https://ours',
      'style-src https://ours',
      "script-src 'nonce-n'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });
});
