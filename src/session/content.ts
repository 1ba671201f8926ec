import * as vscode from 'vscode';
import { Refusal } from '../refusal.ts';
import type { SessionState } from './state.ts';

/** What crosses to the engine in one message, while the editor waits. */
const largestVirtualFile = 32 * 2 ** 20;
const mostUnsaved = 8 * 2 ** 20;

const encoded = new WeakMap<vscode.TextDocument, { version: number; bytes: Uint8Array }>();

/** The path the engine knows a data file by; for virtual files only its ending means something there. */
export function pathOf(file: vscode.Uri): string {
  return file.scheme === 'file' ? file.fsPath : file.path;
}

/** The file that the instance looked at stands in: of a folder one below it. */
export function textFile({ file, explanation }: SessionState): vscode.Uri | undefined {
  const below = explanation?.instance.file;
  return file && below !== undefined ? vscode.Uri.joinPath(file, below) : file;
}

/** The editor's text of a file, where one has it open. */
export function documentOf(file: vscode.Uri): vscode.TextDocument | undefined {
  const wanted = file.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === wanted);
}

/**
 * What the engine is to read in place of the file on disk: the text of an editor with unsaved edits, or a file of a
 * virtual file system. Undefined: it reads the file itself.
 * @throws Refusal `virtual-file` when a virtual file is too large or cannot be read, `unsaved-file` when a text is too large
 */
export async function contentOf(file: vscode.Uri): Promise<Uint8Array | undefined> {
  const document = documentOf(file);
  if (document && (document.isDirty || file.scheme !== 'file')) {
    return textOf(document);
  }
  return file.scheme === 'file' ? undefined : readVirtual(file);
}

function textOf(document: vscode.TextDocument): Uint8Array {
  const known = encoded.get(document);
  if (known?.version === document.version) {
    return known.bytes;
  }
  const end = document.lineAt(document.lineCount - 1).range.end;
  if (document.offsetAt(end) > mostUnsaved) {
    const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
    throw new Refusal(
      'unsaved-file',
      vscode.l10n.t(
        '{0} has edits that are not saved, and is too large to be passed on with them; save it.',
        name,
      ),
    );
  }
  const bytes = new TextEncoder().encode(document.getText());
  encoded.set(document, { version: document.version, bytes });
  return bytes;
}

async function readVirtual(file: vscode.Uri): Promise<Uint8Array> {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size <= largestVirtualFile) {
      return await vscode.workspace.fs.readFile(file);
    }
  } catch (error) {
    throw new Refusal(
      'virtual-file',
      vscode.l10n.t('{0} cannot be read from its file system ({1}).', name, (error as Error).message),
    );
  }
  throw new Refusal(
    'virtual-file',
    vscode.l10n.t('{0} is too large for a virtual file system; copy it to a local folder first.', name),
  );
}
