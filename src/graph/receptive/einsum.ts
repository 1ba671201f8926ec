import { textOf } from '../attributes.ts';
import { type Field, readingEverything } from './field.ts';
import { lost, outputDims, type Role, type Track, type TrackRule } from './track.ts';
import { union } from './unite.ts';

/**
 * By its letters: an output axis is what the letter is in the operands. Time stays time where its letter stays; where
 * another activation comes in without that letter (attention), every position reads everything.
 */
export const einsum: TrackRule = (visit) => {
  const known = visit.tracks.filter((track) => track !== undefined);
  if (known.length === 0) return [undefined];
  const [left, output] = (textOf(visit.node, 'equation') ?? '').replaceAll(' ', '').split('->');
  const terms = left?.split(',') ?? [];
  const rank = outputDims(visit).length;
  const readable = output?.length === rank && !left?.includes('.');
  if (!readable || visit.tracks.some((track, i) => track && terms[i]?.length !== track.roles.length)) {
    return [lost(rank)];
  }
  const tracked = terms.flatMap((term, i) => {
    const track = visit.tracks[i];
    return track ? [{ term, track }] : [];
  });
  const roles = [...output!].map((letter): Role => roleOf(letter, tracked));
  const letter = timeOf(tracked, output!);
  if (letter === undefined) {
    return [{ roles: roles.map((role) => (role === 'time' ? 'other' : role)), field: null }];
  }
  const laidOut = roles.map(
    (role, axis): Role => (role === 'time' && output![axis] !== letter ? 'channel' : role),
  );
  const fields = tracked.map(({ term, track }) =>
    track.roles[term.indexOf(letter)] === 'time' ? track.field : null,
  );
  const own = fields.filter((field): field is Field => field !== null);
  const whole = own.reduce(union);
  return [
    { roles: laidOut, field: own.length === fields.length ? whole : readingEverything(whole, visit.steps) },
  ];
};

/** The first operand's time that stays; that of another one (the keys of attention) is then a channel. */
function timeOf(
  tracked: readonly { readonly term: string; readonly track: Track }[],
  output: string,
): string | undefined {
  const letters = tracked.flatMap(({ term, track }) => term[track.roles.indexOf('time')] ?? []);
  return letters.find((letter) => output.includes(letter));
}

function roleOf(letter: string, tracked: readonly { readonly term: string; readonly track: Track }[]): Role {
  const found = tracked.flatMap(({ term, track }) => track.roles[term.indexOf(letter)] ?? []);
  // A letter of weights only is a new axis.
  return found.find((role) => role !== 'other') ?? (found.length > 0 ? 'other' : 'channel');
}
