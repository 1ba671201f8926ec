import type * as vscode from 'vscode';

/** Python that is asked about its variables: a notebook's kernel, or a program that a debugger has paused. */
export interface PythonPlace {
  /** Of one notebook or program: names, with the variable, the folder of its files. */
  readonly key: string;
  /** What is looked at is written again whenever a cell has run. */
  readonly follows: boolean;
  /**
   * Runs a program of `src/notebook` there.
   * @throws Refusal with what Python says, or that no answer came
   */
  ask<A>(program: string, args: unknown, token: vscode.CancellationToken): Promise<A>;
  /** Of a paused program: tells, at each later stop in the same function, where to ask then. */
  readonly later?: (told: (place: PythonPlace) => void) => vscode.Disposable;
}
