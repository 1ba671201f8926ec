import type { ReportProgress } from '../progress.ts';
import type { DataOptions, DataSource } from './dataOptions.ts';
import type { Dataset } from './dataset.ts';
import { folderFiles } from './folder/folderFiles.ts';
import { readFolder } from './folder/readFolder.ts';
import { readFile } from './readFile.ts';

/**
 * Reads a data file, or the files of a folder or of a pattern (`data/**` + `/*.csv`) as one data set.
 * @throws Refusal as readFile and readFolder do; the signal's reason when aborted
 */
export async function readDataset(
  source: DataSource,
  options: DataOptions,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<Dataset> {
  const folder = source.content ? undefined : await folderFiles(source.path, report, signal);
  return folder ? readFolder(folder, options, report, signal) : readFile(source, options, report, signal);
}
