import assert from 'node:assert/strict';
import { sourceError } from '../../../../src/preprocess/script/sourceError.ts';

const script = '/data/project/preprocess.py';

describe('where a script failed', () => {
  it('is the innermost frame of its own folder, not of a library', () => {
    const stderr = `RuntimeWarning: nothing
Traceback (most recent call last):
  File "/data/project/preprocess.py", line 67, in <module>
    main(sys.argv[1], sys.argv[2])
    ~~~~^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/data/project/tools/padding.py", line 9, in pad
    return np.pad(values, -1)
  File "/data/project/.venv/lib/python3.12/site-packages/numpy/lib/pad.py", line 748, in pad
    raise ValueError("index can't contain negative values")
ValueError: index can't contain negative values
second line of it
`;
    assert.deepEqual(sourceError(stderr, script), {
      file: '/data/project/tools/padding.py',
      line: 9,
      message: "ValueError: index can't contain negative values",
    });
  });

  it('is that of the last of chained exceptions', () => {
    const stderr = `Traceback (most recent call last):
  File "/data/project/preprocess.py", line 3, in <module>
    int("x")
ValueError: invalid literal

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/data/project/preprocess.py", line 5, in <module>
    raise KeyError("label")
KeyError: 'label'
`;
    assert.deepEqual(sourceError(stderr, script), { file: script, line: 5, message: "KeyError: 'label'" });
  });

  it('is found in a relative path, and without a message', () => {
    const stderr =
      'Traceback (most recent call last):\n  File "preprocess.py", line 2, in f\n    assert False\nAssertionError\n';
    assert.deepEqual(sourceError(stderr, script), { file: script, line: 2, message: 'AssertionError' });
  });

  it('is the line of the code for a syntax error', () => {
    const stderr = `  File "/data/project/preprocess.py", line 12
    y = = 2
        ^
SyntaxError: invalid syntax
`;
    assert.deepEqual(sourceError(stderr, script), {
      file: script,
      line: 12,
      message: 'SyntaxError: invalid syntax',
    });
  });

  it('is nowhere where there is no traceback', () => {
    assert.equal(sourceError('', script), undefined);
    assert.equal(sourceError('usage: preprocess.py IN OUT\nError: two files\n', script), undefined);
    assert.equal(
      sourceError(
        'Traceback (most recent call last):\n  File "/elsewhere/a.py", line 2, in f\nValueError: x\n',
        script,
      ),
      undefined,
    );
  });

  it('is read from what Node writes, ES module or not', () => {
    const module = `file:///data/project/p.mjs:3
  throw new RangeError('too long');
        ^

RangeError: too long
    at pad (file:///data/project/lib/pad.mjs:7:9)
    at preprocess (file:///data/project/p.mjs:3:9)
    at file:///data/project/[eval1]:13:24

Node.js v20.20.2
`;
    assert.deepEqual(sourceError(module, '/data/project/p.mjs'), {
      file: '/data/project/lib/pad.mjs',
      line: 7,
      message: 'RangeError: too long',
    });
    const common = `/data/project/p.cjs:2
const = 2;
      ^

SyntaxError: Unexpected token '='
    at internalCompileFunction (node:internal/vm:73:18)
`;
    assert.deepEqual(sourceError(common, '/data/project/p.cjs'), {
      file: '/data/project/p.cjs',
      line: 2,
      message: "SyntaxError: Unexpected token '='",
    });
  });
});
