import assert from 'node:assert/strict';
import fc from 'fast-check';
import { html } from '../../../src/surfaces/html.ts';
import { joined, Markdown, markdown, plainWords } from '../../../src/surfaces/markdown.ts';
import { svg } from '../../../src/surfaces/svg.ts';
import { hostileText, obeyed } from './hostileNames.ts';

describe('Markup with names in it', () => {
  it('HTML: a value opens no tag, closes no attribute, and is not escaped twice', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const { text } = html`<p title="${name}">${html`<b>${name}</b>`}</p>`;
        assert.match(text, /^<p title="[^"<>]*"><b>[^<>]*<\/b><\/p>$/);
        assert.doesNotMatch(text.replace(/&(amp|lt|gt|quot|#39);/g, ''), /&/);
        assert.doesNotMatch(text, obeyed);
        assert.ok(text.length < 250_000);
      }),
      { numRuns: 300 },
    );
    assert.equal(html`${html`a &amp; ${'b & c'}`}`.text, 'a &amp; b &amp; c');
  });

  it('SVG: a value is one line of XML', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const { text } = svg`<text x="${1}">${name}</text>`;
        assert.match(text, /^<text x="1">[^<>"'\n\t]*<\/text>$/);
        assert.doesNotMatch(text, obeyed);
      }),
      { numRuns: 300 },
    );
  });

  it('Markdown: a string has every mark escaped, once', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const { text } = markdown`**${name}** of ${markdown`${name}`}`;
        const words = plainWords(name);
        assert.equal(text, `**${words}** of ${words}`);
        const bare = words.replace(/&(amp|lt|gt);/g, '').replace(/\\[!-/:-@[-`{-~]/g, '');
        assert.doesNotMatch(bare, /[!-/:<-@[-`{-~\n]/);
        assert.doesNotMatch(words, obeyed);
        assert.ok(words.length <= 61 * 5);
      }),
      { numRuns: 300 },
    );
  });

  it('Markdown: what is ours stays', () => {
    assert.equal(joined([new Markdown('| a |'), markdown`| ${'b|c'} |`], '\n').text, '| a |\n| b\\|c |');
  });
});
