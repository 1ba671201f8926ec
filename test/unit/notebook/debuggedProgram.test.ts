import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { answerShown, debuggedProgram, nameOf } from '../../../src/notebook/debuggedProgram.ts';
import { FIND_VARIABLES, type NotebookVariable } from '../../../src/notebook/variables.ts';
import { WRITE_VARIABLE } from '../../../src/notebook/writeVariable.ts';
import { pythonWith } from '../../fixtures/notebook/notebookPython.ts';
import { root } from '../../workbench/folders.ts';

describe('a program for a debugger', () => {
  it('is an expression of ASCII, whatever names are in it', () => {
    const code = debuggedProgram('answer = 1', { name: 'größe 😀 \n"""\'\\' }, 'n');
    assert.doesNotMatch(code, /[^\x20-\x7e]/);
  });

  it('gives its answer whole, however the debugger quotes it, or none', () => {
    const coded = Buffer.from('{"a":"ö\'\\\\"}').toString('base64');
    for (const quote of ["'", '"', ''])
      assert.deepEqual(answerShown(`${quote}attribution-lens n ${coded}!${quote}`, 'n'), { a: "ö'\\" });
    for (const none of [
      '',
      `attribution-lens other ${coded}!`,
      `attribution-lens n ${coded.slice(0, 4)}...!`,
    ])
      assert.equal(answerShown(none, 'n'), undefined);
  });

  it('calls a part of a variable by a name of its own', () => {
    assert.equal(nameOf({ name: 'X_test', evaluateName: 'X_test' }), 'X_test');
    assert.deepEqual(nameOf({ name: 'X', evaluateName: 'self.X' }), { name: 'X', expression: 'self.X' });
    assert.deepEqual(nameOf({ name: '0', evaluateName: 'parts[0]' }), {
      name: 'value_0',
      expression: 'parts[0]',
    });
    assert.deepEqual(nameOf({ name: "'a b'", evaluateName: "d['a b']" }), {
      name: 'a_b',
      expression: "d['a b']",
    });
  });
});

const SCRIPT = `import numpy as np
class Held: pass
outside = np.zeros((2, 3, 5))
compile = globals = __import__ = None
def work():
    X_test = np.arange(120, dtype="float32").reshape(4, 3, 10)
    lengths = np.array([3, 4, 5, 6])
    exec = locals = dict = None
    held = Held(); held.inner = X_test[:2]
    return X_test
work()
`;

const python = pythonWith('numpy');
if (python) {
  describe('variables taken from a paused program', function () {
    this.timeout(60_000);
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'attribution-debugged-'));
      writeFileSync(join(folder, 'work.py'), SCRIPT);
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    const ways = [['eval'], ...(pythonWith('numpy', 'debugpy') ? [[]] : [])];
    for (const way of ways) {
      it(`are those of its frame, written as they are: ${way[0] ?? 'debugpy'}`, () => {
        const inner = { name: 'inner', expression: 'held.inner' };
        const file = join(folder, 'taken');
        const expressions = [
          debuggedProgram(FIND_VARIABLES, {}, 'n', inner),
          debuggedProgram(WRITE_VARIABLE, { series: 'X_test', lengths: 'lengths', file, limit: 1e6 }, 'n'),
          debuggedProgram(WRITE_VARIABLE, { series: 'gone', file, limit: 1e6 }, 'n'),
        ];
        const { stdout, stderr } = spawnSync(
          python,
          [join(root, 'test/fixtures/notebook/debugged.py'), join(folder, 'work.py'), '10', ...way],
          { input: JSON.stringify(expressions), encoding: 'utf8' },
        );
        assert.ok(stdout, stderr);
        const [found, written, gone] = (JSON.parse(stdout) as string[]).map((each) => answerShown(each, 'n'));
        const names = (found as { variables: NotebookVariable[] }).variables.map(({ name }) => name);
        assert.deepEqual(names.sort(), ['X_test', 'inner', 'lengths', 'outside']);
        const npz = readNpz(readFileSync((written as { file: string }).file), 'taken.npz');
        assert.deepEqual([...npz.names].sort(), ['lengths', 'x']);
        assert.match((gone as { reason: string }).reason, /There is no variable gone/);
      });
    }
  });
}
