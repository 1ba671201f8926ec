import assert from 'node:assert/strict';
import { HELP, wantedOf } from '../../truth/arguments.ts';

describe('what npm run truth is asked', () => {
  it('is help, or one sentence of what is wrong', () => {
    assert.deepEqual(wantedOf(['--help']), { say: HELP, code: 0 });
    for (const args of [
      ['--sedds', '3'],
      ['--seeds'],
      ['--seeds', '0'],
      ['--seeds', 'x'],
      ['--folder', '/nix'],
    ]) {
      const wanted = wantedOf(args);
      assert.ok('say' in wanted && wanted.code === 2, args.join(' '));
      assert.match(wanted.say, /^[^\n]+\.$/);
    }
  });

  it('is every model once unless said otherwise', () => {
    assert.deepEqual(wantedOf(['002', '--seeds', '2']), {
      ...wantedOf([]),
      seeds: [1, 2],
      names: ['002'],
    });
  });
});
