import { Refusal } from '../../refusal.ts';

/** What the library throws is about the file. @throws Refusal `parquet-corrupt` */
export async function readable<T>(fileName: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      'parquet-corrupt',
      `${fileName} cannot be read as parquet (${reasonOf(error)}); save it again, with snappy or gzip compression.`,
    );
  }
}

/** What it says on purpose; what trips it on its way through damaged bytes says nothing to anybody. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message.split('\n')[0]!.slice(0, 160) : '';
  return /^(?:parquet|snappy|ALP|thrift) /i.test(said) && !said.includes('undefined')
    ? said
    : 'it is damaged';
}
