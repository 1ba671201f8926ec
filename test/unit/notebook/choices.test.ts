import assert from 'node:assert/strict';
import { choicesFor, looksLikeSeries, seriesAmong } from '../../../src/notebook/choices.ts';
import { seriesNames } from '../../../src/notebook/seriesNames.ts';
import type { NotebookVariable, VariableKind } from '../../../src/notebook/variables.ts';

const variable = (name: string, kind: VariableKind, shape: number[], dtype = 'float32') =>
  ({ name, kind, shape, dtype, type: 'numpy.ndarray' }) satisfies NotebookVariable;

const some: NotebookVariable[] = [
  variable('batch', 'series', [16, 3, 50]),
  variable('X_train', 'series', [60, 3, 50]),
  variable('X_test', 'series', [60, 3, 50]),
  variable('frame', 'table', [900, 5]),
  variable('losses', 'vector', [20]),
  variable('y_train', 'vector', [60], 'int64'),
  variable('y_test', 'vector', [60], 'int64'),
  variable('len_test', 'vector', [60], 'int64'),
  variable('mask_test', 'mask', [60, 50], 'bool'),
  variable('other_mask', 'mask', [16, 50], 'bool'),
  variable('net', 'model', []),
  { ...variable('saved', 'path', []), path: '/m.onnx' },
];
const names = (list: readonly NotebookVariable[]) => list.map(({ name }) => name);

describe('variables of a notebook', () => {
  it('that hold series are arrays and tables, those called X first', () => {
    assert.deepEqual(names(seriesAmong(some)), ['X_train', 'X_test', 'batch', 'frame']);
    for (const name of ['X', 'X1', 'X_test', 'x_val']) assert.ok(looksLikeSeries(name), name);
    for (const name of ['x', 'Xor', 'XGBClassifier', 'y_test', 'max'])
      assert.ok(!looksLikeSeries(name), name);
  });

  it('that stand beside a series have as many instances, those of its part first', () => {
    const { models, labels, lengths, masks } = choicesFor(some[2]!, some);
    assert.deepEqual(names(models), ['net', 'saved']);
    assert.deepEqual(names(labels), ['y_test', 'y_train']);
    assert.deepEqual(names(lengths), ['len_test']);
    assert.deepEqual(names(masks), ['mask_test']);
  });

  it('that hold labels may be a column [N, 1], and lengths may not', () => {
    const columns = [
      variable('y_test', 'series', [60, 1], 'int64'),
      variable('len_test', 'series', [60, 1], 'int64'),
    ];
    const { labels, lengths } = choicesFor(some[2]!, columns);
    assert.deepEqual([names(labels), names(lengths)], [['y_test', 'len_test'], []]);
  });

  it('that stand beside a table are only files of models', () => {
    const { models, labels, lengths, masks } = choicesFor(some[3]!, some);
    assert.deepEqual([names(models), labels, lengths, masks], [['saved'], [], [], []]);
  });

  it('are found in the lines that make them', () => {
    const code = [
      'X_train, X_test, y_train, y_test = train_test_split(X, y)',
      '  X_inner = 3',
      'X_test = pad(X_test)',
      'X == 3',
      'X_a = 1\r',
    ].join('\n');
    assert.deepEqual(seriesNames(code), [
      { line: 0, name: 'X_train' },
      { line: 2, name: 'X_test' },
      { line: 4, name: 'X_a' },
    ]);
    assert.deepEqual(seriesNames(`X${'_'.repeat(1e5)} = 1`), []);
  });
});
