import { basename, extname } from 'node:path';
import { Refusal } from '../../refusal.ts';
import { folderFiles } from '../folder/folderFiles.ts';
import type { MapFile } from './mapRow.ts';
import { npzMaps } from './npzMaps.ts';
import { parquetMaps } from './parquetMaps.ts';

/** Files of maps that are opened one after the other. */
export interface MapFiles {
  /** Instances of all of them. */
  readonly count: number;
  readonly opened: readonly (() => Promise<MapFile>)[];
}

/**
 * The files of maps that a path names: one file, a folder of them or a pattern. Each is opened once to count its rows.
 * @throws Refusal `maps-wrong`, `maps-too-large`, those of opening folders and files
 */
export async function mapFiles(path: string, signal?: AbortSignal): Promise<MapFiles> {
  const folder = await folderFiles(path, undefined, signal, Number.POSITIVE_INFINITY);
  const opened = (folder?.files.map((file) => file.path) ?? [path]).map((one) => () => openMaps(one));
  let count = 0;
  for (const open of opened) {
    signal?.throwIfAborted();
    const file = await open();
    count += file.count;
    await file.close();
  }
  if (count === 0) throw new Refusal('maps-wrong', `${basename(path)} holds no instances.`);
  return { count, opened };
}

function openMaps(path: string): Promise<MapFile> {
  switch (extname(path).toLowerCase()) {
    case '.parquet':
      return parquetMaps(path);
    case '.npz':
      return npzMaps(path);
  }
  throw new Refusal('maps-wrong', `${basename(path)} is no file of maps: they are kept as .parquet or .npz.`);
}
