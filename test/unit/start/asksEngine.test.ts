import assert from 'node:assert/strict';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { asksEngine } from '../../../src/start/asksEngine.ts';

describe('an engine that starts before the words are read', () => {
  it('is started for the commands that put a question to it, and for no others', () => {
    const others = COMMANDS.map(({ name }) => name).filter((name) => !asksEngine([name, 'a', 'b']));
    assert.deepEqual(others, ['generate', 'mcp', 'completion']);
    assert.ok(!asksEngine(['nothing', 'a']));
  });

  it('is not started for help, a version, or where it starts in another way', () => {
    const words = ['explain', 'model.onnx', 'data.csv'];
    assert.ok(asksEngine(words));
    for (const more of [['--help'], ['-h'], ['--version'], ['--timeout', '5'], ['--timeout=5']]) {
      assert.ok(!asksEngine([...words, ...more]), more.join(' '));
    }
    assert.ok(!asksEngine(['explain']));
    assert.ok(!asksEngine([]));
  });
});
