import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { kernelFault } from '../../notebook/kernelFault.ts';
import { answerIn, kernelProgram } from '../../notebook/kernelProgram.ts';
import { Refusal } from '../../refusal.ts';
import type { PythonPlace } from './pythonPlace.ts';

/** What is used of the Jupyter extension's published API. */
interface JupyterApi {
  readonly kernels: { getKernel(uri: vscode.Uri): Thenable<Kernel | undefined> };
}

/** A kernel that runs for a notebook. */
interface Kernel {
  readonly language: string;
  executeCode(code: string, token: vscode.CancellationToken): AsyncIterable<KernelOutput>;
}

interface KernelOutput {
  readonly items: readonly { readonly mime: string; readonly data: Uint8Array }[];
}

const JUPYTER = 'ms-toolsai.jupyter';
/** More is not read: an answer is a line. */
const MOST_PRINTED = 2 ** 22;

/** Whether notebooks have kernels in this window. */
export function hasJupyter(): boolean {
  return vscode.extensions.getExtension(JUPYTER) !== undefined;
}

/** The notebook's kernel. @throws Refusal `no-kernel` */
export async function kernelPlace(notebook: vscode.NotebookDocument): Promise<PythonPlace> {
  const kernel = await kernelOf(notebook);
  const key = notebook.uri.toString();
  return { key, follows: true, ask: (program, args, token) => askKernel(kernel, program, args, token) };
}

/** @throws Refusal `no-kernel` without the Jupyter extension, its leave, a kernel that runs, or Python in it */
async function kernelOf(notebook: vscode.NotebookDocument): Promise<Kernel> {
  const extension = vscode.extensions.getExtension<JupyterApi>(JUPYTER);
  if (!extension) {
    throw new Refusal(
      'no-kernel',
      vscode.l10n.t('Variables of notebooks need the Jupyter extension, which is not there.'),
    );
  }
  const kernel = await kernelFrom(extension, notebook.uri);
  if (!kernel) {
    throw new Refusal(
      'no-kernel',
      vscode.l10n.t(
        'The notebook has no kernel that runs, or Jupyter was not allowed to share it; run a cell first.',
      ),
    );
  }
  if (kernel.language.toLowerCase() !== 'python') {
    throw new Refusal(
      'no-kernel',
      vscode.l10n.t(
        "The notebook's kernel runs {0}; variables are read from Python kernels.",
        kernel.language,
      ),
    );
  }
  return kernel;
}

async function kernelFrom(
  extension: vscode.Extension<JupyterApi>,
  notebook: vscode.Uri,
): Promise<Kernel | undefined> {
  try {
    const api = extension.isActive ? extension.exports : await extension.activate();
    return await api.kernels.getKernel(notebook);
  } catch {
    return undefined;
  }
}

/**
 * Runs a program of `src/notebook` in the kernel.
 * @throws Refusal `kernel` with what Python says, or that no answer came
 */
async function askKernel<A>(
  kernel: Kernel,
  program: string,
  args: unknown,
  token: vscode.CancellationToken,
): Promise<A> {
  const nonce = randomUUID();
  const texts = new TextDecoder();
  let printed = '';
  let failed = '';
  for await (const { items } of kernel.executeCode(kernelProgram(program, args, nonce), token)) {
    for (const { mime, data } of items) {
      if (mime.endsWith('.stdout')) printed = (printed + texts.decode(data)).slice(-MOST_PRINTED);
      if (mime.endsWith('.error')) failed = kernelFault(texts.decode(data));
    }
  }
  const answer = answerIn(printed, nonce) as (A & { error?: string; reason?: string }) | undefined;
  if (!answer || answer.error !== undefined) {
    throw new Refusal(
      'kernel',
      answer
        ? vscode.l10n.t('The kernel stopped at it: {0} ({1}).', answer.reason ?? '', answer.error ?? '')
        : vscode.l10n.t('The kernel gave no answer. {0}', failed),
    );
  }
  return answer;
}
