/** The leave to run a script, and how; the host gives it in trusted workspaces only. */
export interface ScriptRun {
  /** Absolute path of the script. */
  readonly script: string;
  /** Program that runs a `.py`; JavaScript runs in the Node of the engine. */
  readonly interpreter: string;
  readonly timeoutMs: number;
  /** Another number runs it again though script and data are the same: it may read other files. */
  readonly again?: number;
}
