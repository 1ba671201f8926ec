import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './folders.ts';

/** vsce's name of this platform where onnxruntime-node has a binary for it, else undefined: the universal package. */
export function nativeTarget(): string | undefined {
  const binary = join(root, 'node_modules/onnxruntime-node/bin/napi-v6', process.platform, process.arch);
  return existsSync(binary) ? `${process.platform}-${process.arch}` : undefined;
}
