import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Refusal } from '../../../../src/refusal.ts';
import { settled } from './fakeClock.ts';
import { type Call, FakeWorld, NamedFile } from './fakeWorld.ts';

type Act =
  | { readonly do: 'open'; readonly file: string }
  | { readonly do: 'choose' | 'preview'; readonly instance: number; readonly slow: boolean }
  | { readonly do: 'endPreview' | 'rerun' | 'cancel' | 'close' | 'answer' | 'refuse' }
  | { readonly do: 'pass'; readonly ms: number };

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constant('open' as const), file: fc.constantFrom('a.csv', 'b.csv') }),
  fc.record({
    do: fc.constantFrom('choose' as const, 'preview' as const),
    instance: fc.nat({ max: 9 }),
    slow: fc.boolean(),
  }),
  fc.record({
    do: fc.constantFrom('endPreview', 'rerun', 'cancel', 'close', 'answer', 'answer', 'refuse' as const),
  }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(10, 60, 200) }),
);

/** Whatever is asked, in whatever order, and whenever the engine answers. */
describe('The session’s core in any order', () => {
  it('asks one thing at a time, comes to rest, and shows the picture of what is picked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { maxLength: 25 }), async (all) => {
        const world = new FakeWorld();
        const { core } = world;
        const settledCalls = new Set<Call>();
        const isOpen = (call: Call) => !settledCalls.has(call) && !call.options.signal?.aborted;
        const pending = () => world.calls.filter(isOpen);
        const settle = async (how: 'answer' | 'refuse') => {
          const [call] = pending();
          if (!call) return;
          settledCalls.add(call);
          if (how === 'refuse') await call.refuse(new Refusal('no', 'No.'));
          else await call.answer();
        };
        const perform = async (act: Act) => {
          switch (act.do) {
            case 'open':
              return void core.open(new NamedFile(act.file));
            case 'choose':
            case 'preview': {
              const method = act.slow ? 'occlusion' : 'gradcam';
              return void core[act.do]({ instance: act.instance, method });
            }
            case 'answer':
            case 'refuse':
              return settle(act.do);
            case 'pass':
              return world.clock.pass(act.ms);
            case 'rerun':
              return void core.rerun();
            default:
              return core[act.do]();
          }
        };
        for (const act of all) {
          await perform(act);
          await settled();
          assert.ok(pending().length <= 1);
        }
        await world.clock.pass(1000);
        while (pending().length > 0) await settle('answer');
        core.endPreview();
        await settled();
        while (pending().length > 0) await settle('answer');
        await core.whenIdle();
        const { activity, explanation, selection, file } = core.state;
        assert.notEqual(activity.kind, 'busy');
        // What was refused stays picked, and the last picture with it.
        if (explanation && activity.kind === 'idle')
          assert.equal(explanation.instance.index, selection.instance);
        if (explanation && file) assert.equal(explanation.provenance.data, `${file}`);
        if (!file) assert.equal(explanation, undefined);
        assert.deepEqual(
          world.log.filter((line) => line.startsWith('defect')),
          [],
        );
      }),
      { numRuns: 300 },
    );
  });
});
