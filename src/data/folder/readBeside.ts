import { Refusal } from '../../refusal.ts';
import { companionsOf } from '../numpy/companions.ts';
import { folderFiles } from './folderFiles.ts';

/** Files that are read with a file or a folder of data without being named: what lies in the folder, labels and masks of a .npy. */
export async function readBeside(data: string): Promise<string[]> {
  try {
    const folder = await folderFiles(data);
    const inside = folder ? [...folder.files, ...folder.tables].map(({ path }) => path) : [];
    return [...inside, ...Object.values(companionsOf(data))];
  } catch (error) {
    // What is wrong with the data is said by the command.
    if (error instanceof Refusal) return [];
    throw error;
  }
}
