import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { parquetMetadataAsync } from 'hyparquet';
import { checkClaims } from './claims.ts';
import { readable } from './readable.ts';
import { endOfStruct } from './thrift.ts';

/** @throws Refusal `parquet-corrupt` */
export function readFooter(file: AsyncBuffer, fileName: string): Promise<FileMetaData> {
  return readable(fileName, async () => {
    const tail = new DataView(await file.slice(Math.max(0, file.byteLength - 8), file.byteLength));
    const length = tail.byteLength < 8 ? 0 : tail.getUint32(0, true);
    const start = file.byteLength - 8 - length;
    // What is no parquet file at all the library says.
    if (start >= 0) endOfStruct(new Uint8Array(await file.slice(start, file.byteLength - 8)), 0);
    const metadata = await parquetMetadataAsync(file, { geoparquet: false });
    checkClaims(metadata, file.byteLength);
    return metadata;
  });
}
