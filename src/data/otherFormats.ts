/** What turns a file of another kind into one that is read; the file is FILE. */
const ways: Readonly<Record<string, string>> = {
  '.feather': 'in pandas pd.read_feather("FILE").to_parquet("data.parquet")',
  '.xlsx':
    'in Excel save it as CSV UTF-8, or in pandas pd.read_excel("FILE").to_csv("data.csv", index=False)',
  '.xls': 'in Excel save it as CSV UTF-8',
  '.ods': 'save it as CSV',
  '.json': 'in pandas pd.read_json("FILE").to_csv("data.csv", index=False)',
  '.jsonl': 'in pandas pd.read_json("FILE", lines=True).to_csv("data.csv", index=False)',
  '.pkl': 'in pandas pd.read_pickle("FILE").to_csv("data.csv", index=False), only if you trust it',
  '.pickle': 'in pandas pd.read_pickle("FILE").to_csv("data.csv", index=False), only if you trust it',
  '.mat': 'in Python np.savez("data.npz", x=scipy.io.loadmat("FILE")["x"])',
  '.h5': 'in Python np.savez("data.npz", x=h5py.File("FILE")["x"][:])',
  '.hdf5': 'in Python np.savez("data.npz", x=h5py.File("FILE")["x"][:])',
  '.pt': 'in Python np.savez("data.npz", x=torch.load("FILE", weights_only=True).numpy())',
};

/** How to convert a file of a kind that is not read; undefined where nobody knows. @param ending in lower case, with its point */
export function conversionOf(ending: string, fileName: string): string | undefined {
  return Object.hasOwn(ways, ending) ? ways[ending]!.replace('FILE', () => fileName) : undefined;
}
