import { mkdir } from 'node:fs/promises';
import { out } from '../workbench/folders.ts';
import { nativeTarget } from '../workbench/nativeTarget.ts';
import { packNpm } from '../workbench/npmPackage.ts';
import { packageExtension } from '../workbench/package.ts';
import { whenFree } from './slots.ts';

/** Paths of the packages under test, as the suites' processes get them in the environment. */
export interface Packages extends NodeJS.ProcessEnv {
  /** The universal one, with the WebAssembly runtime. */
  readonly ATTRIBUTION_LENS_VSIX: string;
  /** The one with this platform's native runtime; the universal one where there is none. */
  readonly ATTRIBUTION_LENS_VSIX_NATIVE: string;
  /** What npm installs. */
  readonly ATTRIBUTION_LENS_NPM: string;
}

let made: Promise<Packages> | undefined;

/** Packed once per run, into out/. */
export function packages(): Promise<Packages> {
  made ??= whenFree('computes', make);
  return made;
}

async function make(): Promise<Packages> {
  await mkdir(out, { recursive: true });
  const universal = await packageExtension(undefined, out);
  const npm = await packNpm(out);
  const target = nativeTarget();
  const native = target ? await packageExtension(target, out, { keepBundles: true }) : universal;
  return {
    ...{ ATTRIBUTION_LENS_VSIX: universal, ATTRIBUTION_LENS_VSIX_NATIVE: native },
    ATTRIBUTION_LENS_NPM: npm,
  };
}
