import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { recognise, type ScriptLanguage } from '../../../src/views/lenses/recognise.ts';

const kindOf = (line: string, language: ScriptLanguage = 'python') => recognise(line, language)[0]?.kind;

describe('lines of preprocessing', () => {
  for (const [kind, lines] of Object.entries({
    pad: [
      'return np.pad(values, ((0, STEPS - len(values)), (0, 0)), constant_values=0.0)',
      'x = numpy.pad(x, 3)',
      'x = F.pad(x, (0, 131 - x.shape[-1]))',
      'x = torch.nn.functional.pad(x, (0, n))',
      'batch = pad_sequence(series, batch_first=True)',
      'packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths)',
      'x = tf.keras.preprocessing.sequence.pad_sequences(x, maxlen=131, padding="post")',
      'x = np.zeros((len(series), 30, 131), dtype=np.float32)',
      'out = np.full((n, 131), -1.0)',
      'transformer = PaddingTransformer(pad_length=131)',
      'tfm = TSPad()',
      'x = np.stack([pad(standardize(values)) for values in series])',
      'layer = nn.ConstantPad1d((0, 3), 0)',
      'return [row + [0.0] * (STEPS - len(row)) for row in series]',
      'return [0] * (STEPS - len(row)) + row',
    ],
    standardise: [
      'x = StandardScaler().fit_transform(x)',
      'return (values - SCALER["mean"]) / SCALER["std"]',
      'x = (x - x.mean(axis=0)) / x.std(axis=0)',
      'x = (x - mu) / sigma',
      'x = (x - self.mean_) / (self.std_ + 1e-8)'.replaceAll('_)', ')').replace('std_', 'std'),
      'batch_tfms = TSStandardize(by_sample=True)',
      'x = TimeSeriesScalerMeanVariance().fit_transform(x)',
      'norm = tf.keras.layers.Normalization(axis=-1)',
      'x = scipy.stats.zscore(x, axis=0)',
      'x = normalise(x)',
    ],
    mask: [
      'x = Masking(mask_value=0.0)(x)',
      'mask = tf.sequence_mask(lengths, 131)',
      '"mask": (np.arange(STEPS) < lengths[:, None]).astype(np.uint8),',
      'x = x.masked_fill(~mask, 0)',
    ],
    truncate: ['x = Truncator(lower=5).fit_transform(x)', 'x = x[:, :, :STEPS]', 'series = series[:max_len]'],
    resample: [
      'y = np.interp(new, old, x)',
      'f = scipy.interpolate.interp1d(t, x)',
      'x = F.interpolate(x, size=131)',
      'x = scipy.signal.resample(x, 131)',
      'x = TimeSeriesResampler(sz=131).fit_transform(x)',
      'df = df.resample("40ms").mean()',
    ],
    watch: ['total = work(x)  # attribution: watch', '# Attribution: Watch'],
  })) {
    for (const line of lines) {
      it(`${kind}: ${line}`, () => assert.equal(kindOf(line), kind));
    }
  }

  for (const line of [
    'def pad(values):',
    'from torch.nn.utils.rnn import pad_sequence',
    '# np.pad(x, 3)',
    'print("np.pad(x)")',
    'notnp.padding = 3',
    'mean = x.mean(); std = x.std()',
    'x = x[:, 0]',
    'keypad(3)',
    'total = a + b[0] - 3',
    'label = "a - mean"  # / std',
  ]) {
    it(`nothing: ${line}`, () => assert.equal(kindOf(line), undefined));
  }

  it('leaves docstrings alone, and finds what follows them', () => {
    const text = 'def f():\n    """Pads:\n    np.pad(x, 1)\n    """\n    return np.pad(x, 1)\n';
    assert.deepEqual(recognise(text, 'python'), [{ line: 4, kind: 'pad', call: 'np.pad' }]);
  });

  it('reads JavaScript', () => {
    const text = [
      'const pad = (row) => [...row, ...Array(STEPS - row.length).fill(0)];',
      '/* np.pad(x) ',
      ' pad(row) */',
      'function standardize(row) {',
      '  return row.map((v) => (v - mean) / std);',
      '}',
      'const x = pad(standardize(row));',
      "const said = 'pad(x)'; // pad(x)",
      'work(x); // attribution: watch',
      'const y = tf.pad(x, [[0, 1]]);',
    ].join('\n');
    assert.deepEqual(
      recognise(text, 'javascript').map(({ line, kind }) => [line, kind]),
      [
        [0, 'pad'],
        [4, 'standardise'],
        [6, 'pad'],
        [8, 'watch'],
        [9, 'pad'],
      ],
    );
  });

  it('finds the steps of the sample', () => {
    const text = readFileSync(new URL('../../../media/sample/preprocess.py', import.meta.url), 'utf8');
    const lines = text.split('\n');
    const found = recognise(text, 'python').map(({ line, kind }) => [kind, lines[line]!.trim().slice(0, 30)]);
    assert.deepEqual(found, [
      ['standardise', 'return (values - SCALER["mean"'],
      ['pad', 'return np.pad(values, ((0, STE'],
      ['pad', 'x = np.stack([pad(standardize('],
      ['mask', '"mask": (np.arange(STEPS) < le'],
    ]);
  });

  it('survives any text', () => {
    for (const text of ['', '\n\n', '"', "'''", '\\', `"${'\\'.repeat(99)}`, `${'('.repeat(5000)}`]) {
      assert.deepEqual(recognise(text, 'python'), []);
      assert.deepEqual(recognise(text, 'javascript'), []);
    }
  });
});
