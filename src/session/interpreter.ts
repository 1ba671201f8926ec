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

/** What is used of the Python Environments extension, which takes the place of the older API. */
export interface EnvironmentsApi {
  getEnvironment?(
    scope: unknown,
  ): Promise<{ readonly execInfo?: { readonly run?: { readonly executable?: string } } } | undefined>;
}

interface InterpreterSources {
  /** Undefined where Python Environments is not there or does not start. */
  readonly environments?: EnvironmentsApi;
  /** Undefined where the Python extension is not there or does not start. */
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

/**
 * Which program runs a `.py`: what was chosen in Python Environments, else in the Python extension, else the setting,
 * else what the system calls Python.
 */
export async function findInterpreter(sources: InterpreterSources): Promise<string> {
  const { environments, api, resource, setting, folder, platform } = sources;
  const chosen =
    (await inTime(async () => (await environments?.getEnvironment?.(resource))?.execInfo?.run?.executable)) ||
    (await inTime(() => fromExtension(api, resource)));
  if (chosen) return chosen;
  const wanted = setting.trim();
  if (wanted !== '') {
    return /[\\/]/.test(wanted) && !isAbsolute(wanted) ? join(folder, wanted) : wanted;
  }
  return platform === 'win32' ? 'python' : 'python3';
}

async function fromExtension(api: PythonApi | undefined, resource: unknown): Promise<string | undefined> {
  const active = api?.environments?.getActiveEnvironmentPath?.(resource);
  const resolved = await api?.environments?.resolveEnvironment?.(active);
  // An environment without Python in it is named by its folder: only a resolved program will do.
  return resolved?.executable?.uri?.fsPath;
}

/** Undefined where another extension fails or takes too long. */
async function inTime(ask: () => Promise<string | undefined>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
