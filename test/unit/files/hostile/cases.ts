/** One command on a hostile file, and what has to come of it within 5 s and 1 GB. */
export interface HostileCase {
  /** Words of the command line; `made/…` is made by make.ts, other files lie in test/fixtures/hostile. */
  readonly words: readonly string[];
  readonly exit: 0 | 2;
  /** What the one sentence says; of exit 0, what is printed. */
  readonly says: RegExp;
}

const onData = (file: string, says: RegExp, exit: 0 | 2 = 2): HostileCase => ({
  words: ['explain', 'plain.onnx', file],
  exit,
  says,
});
const onConfig = (file: string, says: RegExp): HostileCase => ({
  words: ['explain', 'plain.onnx', 'plain.csv', '--config', file],
  exit: 2,
  says,
});
const onModel = (file: string, says: RegExp, exit: 0 | 2 = 2): HostileCase => ({
  words: ['layers', file],
  exit,
  says,
});

export const CASES: readonly HostileCase[] = [
  // Sizes that nothing announces
  onData('made/blank_lines.csv', /more than a million blank lines/),
  onData('made/one_line.csv', /more than 100,000 cells/),
  onData('made/one_number.csv', /column a|is not a number|not numeric|a/),
  onData('made/one_name.csv', /name of column 1 has 2,000,000 characters/),
  onData('made/quotes.csv', /quot/),
  onData('made/columns_200k.csv', /more than 100,000 cells/),
  onData('made/columns_500k.csv', /more than 100,000 cells/),
  onData('made/cases_400k.csv', /takes 3 features, the data has 2/),
  onConfig(
    'pad_to.attribution.json',
    /10000000 steps after preprocessing, the model takes 20; .* or set it to 20/,
  ),
  onConfig('made/classes_200k.json', /larger than 256 kB/),
  onConfig('made/features_100k.json', /larger than 256 kB/),
  onConfig('made/long_key.json', /larger than 256 kB/),
  onConfig('made/nested.json', /nested too deeply/),
  // Archives that unpack to more than they are
  onData('made/one_gigabyte.npz', /claims to unpack to 1\.0 GB/),
  onData('made/one_gigabyte_instances.npz', /claims to unpack to 1\.0 GB/),
  onData('made/says_little.npz', /zip archive is corrupt/),
  onData('made/bytes_128m.npz', /claims to unpack from 128 kB to 128 MB/),
  onData('made/floats_64m.npz', /claims to unpack from 256 kB to 256 MB/),
  // Models that grow when they are run
  onModel('doubling_constant.onnx', /Concat "d25" makes a tensor larger than that of any/),
  onModel('endless_loop.onnx', /Loop "for_ever" runs .* at most 65536 rounds/),
  onModel('huge_dilation.onnx', /dilation of Conv "second" .* not possible/),
  onModel('made/relu_60k.onnx', /60,006 nodes; at most 25,000/),
  onModel('made/crowd.onnx', /inputs and outputs; at most 10,000 are read/),
  onModel('made/empty_nodes.onnx', /more than 1,000,000 nodes, tensors and attributes/),
  onModel('made/large.json', /has 900000000 bytes; of a model\.json at most 16 MB are read/),
  onModel('made/large_json.onnx', /has 900000000 bytes; of a model\.json at most 16 MB are read/),
  // Names that no file can have
  onModel('data_name_nul.onnx', /name that no file can have/),
  onModel('data_name_long.onnx', /too long a name/),
  onModel('shard_name_nul/model.json', /name that no file can have/),
  onModel('shard_name_long/model.json', /too long a name/),
  onData(`${'a'.repeat(300)}.csv`, /too long a name/),
  onModel('a\0b.onnx', /name that no file can have/),
  {
    words: ['explain', 'plain.onnx', 'plain.csv', '--out', 'a\0b.json'],
    exit: 2,
    says: /name that no file can have/,
  },
  {
    words: ['explain', 'plain.onnx', 'plain.csv', '--out', `made/${'a'.repeat(300)}.json`],
    exit: 2,
    says: /too long a name/,
  },
  {
    words: ['explain', 'plain.onnx', 'plain.csv', '--out', 'made'],
    exit: 2,
    says: /it is a folder; name a file in it/,
  },
  {
    words: ['explain', 'plain.onnx', 'plain.csv', '--out', 'plain.csv'],
    exit: 2,
    says: /is read, so it is not overwritten/,
  },
];

/** Links, pipes and devices. */
export const ON_POSIX: readonly HostileCase[] = [
  onData('made/loop.csv', /link that leads back to itself/),
  onData('made/zero.csv', /zero\.csv is not a file/),
  onData('made/pipe.npz', /pipe\.npz is not a file/),
  onModel('made/zero.onnx', /is not a file/),
  onData('made/endless/plain.csv', /attribution\.json is not a file/),
  onData('made/waiting/plain.csv', /attribution\.json is not a file/),
  onData('made/looped/plain.csv', /link that leads back to itself/),
  { words: ['explain', 'plain.onnx', 'plain.csv', '--out', '/dev/null'], exit: 0, says: /^$/ },
];
