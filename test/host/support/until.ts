import type * as vscode from 'vscode';

/**
 * Waits until something is so, looked at after every change.
 * @param what for the sentence that ends the wait: `the repair is through`
 */
export async function until(
  what: string,
  is: () => boolean,
  changed: vscode.Event<unknown>,
  seconds = 60,
): Promise<void> {
  if (is()) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error(`Waited ${seconds} s until ${what}.`));
    }, 1000 * seconds);
    const listener = changed(() => {
      if (!is()) return;
      clearTimeout(timer);
      listener.dispose();
      resolve();
    });
  });
}
