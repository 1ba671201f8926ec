import { isAbsolute, join } from 'node:path';

/** What is used of the Python extension's API; anything in it may be missing in another version. */
export interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath?(resource?: unknown): { readonly path: string };
    resolveEnvironment?(
      environment: unknown,
    ): Promise<{ readonly executable?: { readonly uri?: { readonly fsPath: string } } } | undefined>;
  };
}

interface InterpreterSources {
  /** Undefined where the extension is not there or does not start. */
  readonly api: PythonApi | undefined;
  /** The script's URI: each folder may have its own environment. */
  readonly resource: unknown;
  /** The setting `attribution.python`; '' where it is not set. */
  readonly setting: string;
  /** Where a relative path of the setting starts. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
}

/** The Python extension may look through the disk for an answer. */
const patienceMs = 5000;

/** Which program runs a `.py`: the Python extension's choice, else the setting, else what the system calls Python. */
export async function findInterpreter(sources: InterpreterSources): Promise<string> {
  const { api, resource, setting, folder, platform } = sources;
  const chosen = api && (await fromExtension(api, resource));
  if (chosen) return chosen;
  const wanted = setting.trim();
  if (wanted !== '') {
    return /[\\/]/.test(wanted) && !isAbsolute(wanted) ? join(folder, wanted) : wanted;
  }
  return platform === 'win32' ? 'python' : 'python3';
}

async function fromExtension({ environments }: PythonApi, resource: unknown): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const active = environments?.getActiveEnvironmentPath?.(resource);
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), patienceMs);
    });
    const resolved = await Promise.race([environments?.resolveEnvironment?.(active), late]);
    // An environment without Python in it is named by its folder: only a resolved program will do.
    return resolved?.executable?.uri?.fsPath;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
