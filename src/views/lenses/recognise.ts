/** What a line of preprocessing does. */
type SpotKind = 'pad' | 'standardise' | 'mask' | 'truncate' | 'resample' | 'watch';

/** A line that prepares data. */
export interface Spot {
  /** 0-based. */
  readonly line: number;
  readonly kind: SpotKind;
  /** As it stands in the code, e.g. `np.pad`. */
  readonly call: string;
}

/** Languages with lenses. */
export type ScriptLanguage = 'python' | 'javascript';

interface Rule {
  readonly kind: SpotKind;
  /** Names a call begins with; matched at the start of a dotted name's last parts. */
  readonly call: RegExp;
}

const call = (kind: SpotKind, ...names: string[]): Rule => ({
  kind,
  call: new RegExp(`(?<![\\w$]|[\\w$]\\.)(?:[\\w$]+\\.)*(?:${names.join('|')})(?=\\s*\\()`),
});

/** numpy, torch, tensorflow/keras, sklearn, tsai, aeon/sktime/tslearn, in the order in which a line is called something. */
const libraries: readonly Rule[] = [
  call(
    'pad',
    '(?:np|numpy|jnp|cp|xp|tf|torch|F|functional|nn)\\.pad',
    ...['pad_sequences?', 'pack_padded_sequence', 'pad_packed_sequence', 'pack_sequence', 'padded_batch'],
    ...[
      'ZeroPad(?:ding)?[12]d',
      'ConstantPad[12]d',
      'ReplicationPad1d',
      'ReflectionPad1d',
      'ZeroPadding[12]D',
    ],
    ...['TSPad\\w*', 'TSRandomCropPad', 'PaddingTransformer', 'Padder', 'pad_ts'],
    '(?:np|numpy|torch|tf)\\.(?:zeros|full|zeros_like|full_like)',
  ),
  call(
    'standardise',
    ...['StandardScaler', 'MinMaxScaler', 'RobustScaler', 'MaxAbsScaler', 'PowerTransformer', 'Normalizer'],
    ...['preprocessing\\.scale', 'zscore', 'F\\.normalize', 'functional\\.normalize'],
    ...[
      'TSStandardize',
      'TSNormalize',
      'TSRobustScale',
      'TSClipOutliers',
      'Normalization',
      'LayerNormalization',
    ],
    ...['TimeSeriesScaler\\w*', 'MeanVarianceScaler', 'TabularToSeriesAdaptor'],
  ),
  call(
    'mask',
    ...['Masking', 'sequence_mask', 'masked_fill', 'masked_select', 'ma\\.masked_\\w+', 'ma\\.array'],
    ...['TSMask\\w*', 'create_mask', 'compute_mask'],
  ),
  call('truncate', 'Truncator', 'TruncationTransformer', 'TSTruncate', 'IntervalSegmenter', 'TSRandomSize'),
  call(
    'resample',
    ...['(?:np|numpy|jnp|torch)\\.interp', 'interp1d', 'F\\.interpolate', 'functional\\.interpolate'],
    ...[
      'signal\\.resample\\w*',
      'resample_poly',
      'signal\\.decimate',
      '\\w+\\.resample',
      'tf\\.image\\.resize',
    ],
    ...['TimeSeriesResampler', 'TSResize\\w*', 'TSInterpolate', 'TSInterpolator', 'Resizer'],
  ),
];

/** Functions of one's own tell by their name what they do. */
const own: readonly Rule[] = [
  call('pad', '_*(?:zero_?)?pad(?:[A-Z_]\\w*)?'),
  call('standardise', '_*(?:standardi[sz]e|normali[sz]e|z_?score)(?:[A-Z_]\\w*)?'),
  call('mask', '_*(?:make|build|get)_?[mM]ask(?:[A-Z_]\\w*)?'),
  call('truncate', '_*(?:truncate|crop)(?:[A-Z_]\\w*)?'),
  call('resample', '_*(?:resample|interpolate)(?:[A-Z_]\\w*)?'),
];

/** `(x - mean) / std`, whatever the two are members of. */
const overDeviation = parted('/', /-[^-+,]*?(?:mean|mu|avg|average)\b/i, /(?:std|sd|sigma|scale|dev\w*)\b/i);
/** `np.arange(T) < lengths[:, None]` */
const maskByLength = parted(/[<>]/, /\barange\s*\(/i, /^=?\s*[\w.[\]]*len/i);
const cutToLength =
  /\[[^[\]]*:\s*(?:max_?len(?:gth)?|n_?steps|seq_?len(?:gth)?|steps|STEPS|MAX_LEN\w*)\s*[,\]]/;
/** `new Array(n).fill(0)` or `[0.0] * n` behind or before a series. */
const filled: Readonly<Record<ScriptLanguage, RegExp>> = {
  python: /\+\s*\[[^[\]]*\]\s*\*|\[[^[\]]*\]\s*\*\s*\([^()]*-\s*len\(/,
  javascript: /\bArray\([^()]*\)\.fill\(/,
};
const watched: Readonly<Record<ScriptLanguage, RegExp>> = {
  python: /#\s*attribution:\s*watch\b/i,
  javascript: /\/\/\s*attribution:\s*watch\b/i,
};
/** Where a function is made, not called. */
const definition = /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:def|class|function|import|from)\b/;

/** Something is called, divided, cut or repeated. */
const active = /[(/*\]]/;
/** Longer lines are data, not code; longer texts are no preprocessing, and the editor waits while they are looked at. */
const longestLine = 400;
const longestText = 100_000;

/** The lines that pad, standardise, mask, truncate or resample, and those marked `attribution: watch`; one spot a line. */
export function recognise(text: string, language: ScriptLanguage): Spot[] {
  if (text.length > longestText) return [];
  const spots: Spot[] = [];
  let within = '';
  text.split('\n').forEach((line, number) => {
    if (line.length > longestLine) return;
    const stripped = strip(line, language, within);
    within = stripped.within;
    const found = spotIn(line, stripped, language);
    if (found) spots.push({ line: number, ...found });
  });
  return spots;
}

/** Tells whether a line has the one before a separator and the other right after: in time that grows with the line. */
function parted(separator: string | RegExp, before: RegExp, after: RegExp): (line: string) => boolean {
  return (line) => {
    const parts = line.split(separator);
    return parts.some((part, i) => i > 0 && after.test(part) && before.test(parts[i - 1]!));
  };
}

function spotIn(
  line: string,
  { code, texts }: Stripped,
  language: ScriptLanguage,
): Omit<Spot, 'line'> | undefined {
  if (watched[language].test(line.slice(texts.length))) return { kind: 'watch', call: 'watch' };
  if (!active.test(code) || definition.test(code)) return undefined;
  for (const { kind, call } of libraries) {
    const [name] = call.exec(code) ?? [];
    if (name) return { kind, call: name };
  }
  if (overDeviation(texts)) return { kind: 'standardise', call: '(x − mean) / std' };
  if (maskByLength(code)) return { kind: 'mask', call: 'arange < lengths' };
  for (const { kind, call } of own) {
    const [name] = call.exec(code) ?? [];
    if (name) return { kind, call: name };
  }
  if (filled[language].test(code)) return { kind: 'pad', call: 'fill' };
  if (cutToLength.test(code)) return { kind: 'truncate', call: '[:steps]' };
  return undefined;
}

interface Stripped {
  /** Without comments, strings blanked. */
  readonly code: string;
  /** Without comments, short strings kept: keys such as `["mean"]` say something. */
  readonly texts: string;
  /** What the next line stands within: a delimiter of a long string or comment, or ''. */
  readonly within: string;
}

const long: Readonly<Record<ScriptLanguage, readonly (readonly [open: string, close: string])[]>> = {
  python: [
    ['"""', '"""'],
    ["'''", "'''"],
  ],
  javascript: [
    ['/*', '*/'],
    ['`', '`'],
  ],
};
/** Without one of these a line is code and nothing else. */
const special = /["'`#]|\/[/*]/;
const comment: Readonly<Record<ScriptLanguage, string>> = { python: '#', javascript: '//' };

function strip(line: string, language: ScriptLanguage, before: string): Stripped {
  if (before === '' && !special.test(line)) return { code: line, texts: line, within: '' };
  let code = '';
  let texts = '';
  let within = before;
  for (let at = 0; at < line.length; ) {
    if (within) {
      const end = line.indexOf(within, at);
      const next = end < 0 ? line.length : end + within.length;
      const blank = ' '.repeat(next - at);
      [code, texts] = [code + blank, texts + blank];
      if (end >= 0) within = '';
      at = next;
      continue;
    }
    if (line.startsWith(comment[language], at)) break;
    const opens = long[language].find(([open]) => line.startsWith(open, at));
    if (opens) {
      within = opens[1];
      [code, texts, at] = [code + opens[0], texts + opens[0], at + opens[0].length];
      continue;
    }
    const mark = line[at]!;
    if (mark === '"' || mark === "'") {
      const end = endOfString(line, at);
      code += mark + ' '.repeat(Math.max(0, end - at - 2)) + mark;
      texts += line.slice(at, end);
      at = end;
      continue;
    }
    [code, texts, at] = [code + mark, texts + mark, at + 1];
  }
  return { code, texts, within };
}

/** One past the closing quote, or the end of the line. */
function endOfString(line: string, start: number): number {
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === line[start]) return at + 1;
  }
  return line.length;
}
