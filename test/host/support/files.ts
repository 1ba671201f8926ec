import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as vscode from 'vscode';

/** The repository: the tests lie two folders deep, as source and as bundle. */
export const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');

export const tinyFixture = (name: string) => join(repository, 'test/fixtures/tiny', name);

/** The open workspace: a copy of the sample. */
export const sample = (name: string) => join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, name);

/** A new folder outside the workspace with the tiny model, its project file and its data, unless told otherwise. */
export function scratch(
  names: readonly string[] = ['tiny.onnx', 'long.csv', 'single.csv', 'attribution.json'],
) {
  const folder = mkdtempSync(join(tmpdir(), 'lens-'));
  for (const name of names) {
    cpSync(tinyFixture(name), join(folder, name));
  }
  if (names.includes('attribution.json')) {
    project(folder, {});
  }
  return folder;
}

/** Writes a file into a folder and gives its path. */
export function put(folder: string, name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** The tiny project file, for files with and without a case column, with some of its parts replaced. */
export function project(folder: string, changes: Record<string, unknown>): void {
  const given = JSON.parse(readFileSync(tinyFixture('attribution.json'), 'utf8'));
  const data = { time: 't', features: given.data.features };
  put(folder, 'attribution.json', JSON.stringify({ ...given, data, ...changes }));
}
