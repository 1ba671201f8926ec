import { pythonLine, pythonText } from './pythonLine.ts';

const CSV = "to_csv('data.csv', index=False)";
const HDF5 =
  "import h5py, numpy; numpy.savez('data.npz', **{k: v[:] for k, v in h5py.File(FILE).items() if isinstance(v, h5py.Dataset) and v.shape})";

/** Python that turns a file of another kind into one that is read. */
const ways: Readonly<Record<string, string>> = {
  '.feather': "import pandas; pandas.read_feather(FILE).to_parquet('data.parquet')",
  '.xlsx': `import pandas; pandas.read_excel(FILE).${CSV}`,
  '.json': `import pandas; pandas.read_json(FILE).${CSV}`,
  '.jsonl': `import pandas; pandas.read_json(FILE, lines=True).${CSV}`,
  '.pkl': `import pandas; pandas.read_pickle(FILE).${CSV}`,
  '.pickle': `import pandas; pandas.read_pickle(FILE).${CSV}`,
  '.mat':
    "import numpy, scipy.io; numpy.savez('data.npz', **{k: v for k, v in scipy.io.loadmat(FILE).items() if k[0] != '_'})",
  '.h5': HDF5,
  '.hdf5': HDF5,
  '.pt':
    "import numpy, torch; t = torch.load(FILE, weights_only=True); numpy.savez('data.npz', **(t if isinstance(t, dict) else {'x': t}))",
};

const SPREADSHEET = 'save it as CSV (in Excel: CSV UTF-8)';

/** What is to be said before the command, or in its place. */
const words: Readonly<Record<string, string>> = {
  ...{ '.xlsx': `${SPREADSHEET}, or run`, '.xls': SPREADSHEET, '.ods': SPREADSHEET },
  ...{ '.pkl': 'only if you trust it, run', '.pickle': 'only if you trust it, run' },
  ...{
    '.json': 'where it has a record for each row, run',
    '.jsonl': 'where it has a record for each row, run',
  },
  '.zip': 'unpack it, and choose the folder',
};

/** How to convert a file of a kind that is not read; undefined where nobody knows. @param ending in lower case, with its point */
export function conversionOf(ending: string, fileName: string): string | undefined {
  const said = Object.hasOwn(words, ending) ? words[ending]! : undefined;
  if (!Object.hasOwn(ways, ending)) return said;
  const line = pythonLine(ways[ending]!.replace('FILE', () => pythonText(fileName)));
  return `${said ?? 'run'} ${line} in its folder`;
}
