import * as vscode from 'vscode';
import { checkPlace } from '../data/folder/checkPlace.ts';
import { looksLikeTimeSeriesFile } from '../data/ts/looksLikeTimeSeriesFile.ts';
import { readHead } from '../files/readSmall.ts';
import { documentOf } from './content.ts';

/** Enough for the comment that often stands before the header. */
const headBytes = 16 * 2 ** 10;

/** But for .ts, which TypeScript ends in as well. */
const dataEnding = /\.((csv|tsv|tab|psv|dat|txt|arff)(\.gz)?|ts\.gz|npz|npy|parquet)$/i;
/** Files that are data by their ending; text files are rather something else. */
export const dataGlob =
  '**/*.{csv,tsv,tab,psv,dat,npz,npy,ts,arff,parquet,csv.gz,tsv.gz,tab.gz,psv.gz,dat.gz,ts.gz,arff.gz}';

/** A folder with data files is one data set. */
export async function isFolder(file: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(file).then(
    ({ type }) => (type & vscode.FileType.Directory) !== 0,
    () => false,
  );
}

/** What is saved beside data must not become one of their files. @throws Refusal `output-in-data` */
export async function checkBeside(target: vscode.Uri, data: vscode.Uri): Promise<void> {
  if (data.scheme === 'file') await checkPlace(target.fsPath, data.fsPath);
}

/** By its ending alone. */
export function isCalledData({ path }: vscode.Uri): boolean {
  return dataEnding.test(path) || /\.ts$/i.test(path);
}

/** By its ending; a `.ts` by its header, because TypeScript ends the same way. One that is missing counts as data. */
export async function isDataFile(file: vscode.Uri): Promise<boolean> {
  if (dataEnding.test(file.path)) return true;
  return /\.ts$/i.test(file.path) && isTimeSeriesFile(file, true);
}

/**
 * A .ts of numbers, no TypeScript.
 * @param whenUnreadable what is said of a file that cannot be read
 */
export async function isTimeSeriesFile(file: vscode.Uri, whenUnreadable = false): Promise<boolean> {
  try {
    return looksLikeTimeSeriesFile(await headOf(file));
  } catch {
    return whenUnreadable;
  }
}

async function headOf(file: vscode.Uri): Promise<string> {
  const document = documentOf(file);
  if (document) {
    return document.getText(new vscode.Range(0, 0, 200, 0)).slice(0, headBytes);
  }
  if (file.scheme !== 'file') {
    const bytes = await vscode.workspace.fs.readFile(file);
    return new TextDecoder().decode(bytes.subarray(0, headBytes));
  }
  return new TextDecoder().decode(await readHead(file.fsPath, headBytes));
}
