/** Smaller files are read before anybody could read how far it is. */
const LARGE = 20e6;

/**
 * What is said while a file is read: `Reading x.csv`, of a large one `Reading x.csv, 120 of 406 MB, 95 MB/s`.
 * @returns says it for the bytes read so far
 */
export function readingWords(
  name: string,
  size: number,
  now = () => performance.now(),
): (done: number) => string {
  const began = now();
  return (done) => {
    if (size < LARGE) return `Reading ${name}`;
    const seconds = (now() - began) / 1000;
    const rate = seconds > 0.5 ? `, ${Math.round(done / 1e6 / seconds)} MB/s` : '';
    return `Reading ${name}, ${Math.round(done / 1e6)} of ${Math.round(size / 1e6)} MB${rate}`;
  };
}
