import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IssueDetail, StoredEvent } from '../../src/protocol/api.ts';
import { issueMarkdown } from '../../src/viewer/lib/issue-markdown.ts';

const issue = {
  title: 'Error: no `pot`\nhere',
  culprit: 'pay in pay.ts',
  events: 3,
  users: 2,
  firstSeen: 0,
  lastSeen: 0,
};

const stored = {
  event: {
    at: 2_000,
    release: '1.4.2',
    exceptions: [{ type: 'Error', value: '```\n# Heading', frames: [] }],
    breadcrumbs: [{ at: 1_000, kind: 'click', text: 'button.buy' }],
  },
  frames: [
    [
      {
        function: 'pay',
        filename: 'src/pay.ts',
        lineno: 10,
        colno: 3,
        inApp: true,
        source: { before: ['a();'], line: 'b();', after: ['c();'] },
      },
    ],
  ],
};

test('an issue as Markdown has its source, stack and breadcrumbs, and no text of an event leaves its block', () => {
  const text = issueMarkdown(
    issue as IssueDetail,
    stored as unknown as StoredEvent,
    'https://errors.example/issues/3?event=a',
  );
  for (const part of [
    '# `Error: no ˋpotˋ here`',
    '3 events from 2 users. https://errors.example/issues/3?event=a',
    '- Release: `1.4.2`',
    '   9 | a();\n> 10 | b();\n  11 | c();',
    '````\nError: ```\n# Heading\n    at pay (src/pay.ts:10:3)\n````',
    '−1.0 s click: button.buy',
  ]) {
    assert.ok(text.includes(part), `${part}\n\nis not in\n\n${text}`);
  }
});
