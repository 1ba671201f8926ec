import assert from 'node:assert/strict';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { codes, readText, refusalOf } from '../data/reading.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2023, 4, 1, 10);
const two = (value: number) => String(value).padStart(2, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const hourOf = (date: Date) => date.getUTCHours() % 12 || 12;
const timeOf = (date: Date) => `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
const day = (date: Date) => two(date.getUTCDate());
const month = (date: Date) => two(date.getUTCMonth() + 1);

/** Ways in which people and programs write a date and a time of day. */
const WAYS: Readonly<Record<string, (date: Date) => string>> = {
  German: (date) => `${day(date)}.${month(date)}.2023 ${timeOf(date)}`,
  'German, short': (date) => `${day(date)}.${month(date)}.23 ${timeOf(date)}:00`,
  French: (date) => `${day(date)}/${month(date)}/2023 ${timeOf(date)}`,
  'of the United States': (date) => `${date.getUTCMonth() + 1}/${date.getUTCDate()}/2023 ${timeOf(date)}`,
  'with halves of a day': (date) =>
    `${month(date)}/${day(date)}/2023 ${hourOf(date)}:${two(date.getUTCMinutes())} ${date.getUTCHours() < 12 ? 'AM' : 'PM'}`,
  'with strokes, year first': (date) => `2023/${month(date)}/${day(date)} ${timeOf(date)}:00.000`,
  'with a month in letters': (date) =>
    `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, 2023 ${timeOf(date)}`,
  'as Oracle has it': (date) =>
    `${day(date)}-${MONTHS[date.getUTCMonth()]!.toUpperCase()}-23 ${timeOf(date)}`,
  'as Oracle has it, with points': (date) =>
    `${day(date)}-${MONTHS[date.getUTCMonth()]!.toUpperCase()}-23 ${two(hourOf(date))}.${two(date.getUTCMinutes())}.00.000000 ${date.getUTCHours() < 12 ? 'AM' : 'PM'}`,
  'as C has it': (date) =>
    `Mon ${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ${timeOf(date)}:00 2023`,
  'as Unix has it': (date) =>
    `Mon ${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ${timeOf(date)}:00 UTC 2023`,
  'in digits': (date) => `2023${month(date)}${day(date)} ${timeOf(date).replace(':', '')}00`,
  'as names of files have it': (date) =>
    `2023-${month(date)}-${day(date)} ${timeOf(date).replace(':', '-')}-00`,
  'in digits, with a T': (date) => `2023${month(date)}${day(date)}T${timeOf(date).replace(':', '')}`,
  'the time first': (date) => `${timeOf(date)}:00 ${day(date)}/${month(date)}/2023`,
  'with an h': (date) => `${day(date)}/${month(date)}/2023 ${timeOf(date).replace(':', 'h')}`,
  'as mails have it': (date) => `Mon, ${day(date)} ${MONTHS[date.getUTCMonth()]} 2023 ${timeOf(date)}:00 GMT`,
};
const at = (row: number) => new Date(START + 6 * HOUR * row);
const table = (times: readonly string[]) =>
  `Datum;a;b\n${times.map((time, row) => `"${time}";${Math.sin(row / 5).toFixed(4)};${row % 7}.5`).join('\n')}\n`;
const dates = (way: (date: Date) => string, rows = 80) =>
  Array.from({ length: rows }, (_, row) => way(at(row)));

describe('reading: dates that ISO 8601 writes otherwise', () => {
  for (const [name, way] of Object.entries(WAYS)) {
    it(`${name}: are the times that they say`, async () => {
      const { instances, time, findings } = await readText(table(dates(way)));
      assert.equal(time?.kind, 'date');
      assert.deepEqual(
        [...instances[0]!.times!],
        Array.from({ length: 80 }, (_, row) => at(row).getTime()),
      );
      assert.equal(findings.filter(({ code }) => code.startsWith('time') || code === 'date-order').length, 0);
    });

    it(`${name}: that go back, are no date, or start again are refused by the line or asked about`, async () => {
      const forward = dates(way);
      const newest = await refusalOf(readText(table(forward.toReversed())));
      assert.match(newest.message, /line 3, column "Datum": time goes back/);
      const total = await refusalOf(readText(table([...forward, 'Summe'])));
      assert.match(total.message, /line 82, column "Datum": "Summe" is not a time/);
      const twice = await refusalOf(readText(table([...forward, ...forward])));
      assert.ok(twice instanceof ReadingQuestion);
    });
  }

  it('without a day over twelve are read so that they lie nearest to each other, and it is said', async () => {
    const days = Array.from({ length: 10 }, (_, row) => `${two(row + 1)}/02/2023`);
    const { instances, findings } = await readText(table(days));
    assert.deepEqual(
      [...instances[0]!.times!],
      days.map((_, row) => Date.UTC(2023, 1, row + 1)),
    );
    assert.deepEqual(codes({ findings }).filter((code) => code === 'date-order').length, 1);
  });

  it('below names that leave out the numbers of the rows they are times, too', async () => {
    const text = dates(WAYS.German!)
      .map((time, row) => `${row},"${time}",${Math.sin(row).toFixed(3)},${row % 5}.5`)
      .join('\n');
    const { features, time } = await readText(`date,a,b\n${text}\n`);
    assert.deepEqual([features, time?.name], [['a', 'b'], 'date']);
  });

  it('a clock of twelve hours goes on over noon', async () => {
    const clock = ['11:58 AM', '11:59 AM', '12:00 PM', '12:01 PM', '1:02 PM', '1:03 PM'];
    const { instances, time } = await readText(table(clock));
    assert.equal(time?.kind, 'clock');
    assert.deepEqual(
      [...instances[0]!.times!],
      [11 * 60 + 58, 11 * 60 + 59, 720, 721, 782, 783].map((minutes) => 60 * minutes),
    );
  });

  it('words, versions and days that no month has are none', async () => {
    for (const cells of [
      ['one', 'two', 'three', 'four'],
      ['31/02/2023', '30/02/2023', '29/02/2023', '28/13/2023'],
      ['1.2.3', '1.2.4', '1.2.5', '1.2.6'],
      ['12:30 12:31', '12:31 12:32', '12:32 12:33', '12:33 12:34'],
      ['20231305 220000', '20231332 220000', '20231401 220000', '20231501 220000'],
      ['Foo 5, 2023', 'Foo 6, 2023', 'Foo 7, 2023', 'Foo 8, 2023'],
    ]) {
      const read = await readText(table(cells));
      assert.equal(read.time, undefined);
      assert.ok(codes(read).includes('time-unchecked'));
    }
  });
});
