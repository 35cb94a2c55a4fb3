/** Texts that break careless servers: each is there for one mistake that it brings to light. */
export const sampleTexts = [
  '请调研 Cloud Agents API 的最新竞品动态。',
  'Two\nlines, and a third after\r\na carriage return; a lone \r one too.',
  'Line separator \u2028 and paragraph separator \u2029 inside.',
  'She said "no", then \\"yes\\", and left a backslash \\ behind.',
  'id: evt_0000000000000000\nevent: agent.message\ndata: {"id":"evt_0000000000000000"}\n\n',
  '{"data":[],"first_id":null,"last_id":null,"has_more":false}',
  'Emoji 👩🏽‍💻🚀, combining é (e\u0301), and a flag 🇳🇴.',
  'Right to left: שלום and مرحبا, with \u200f marks.',
  '\ttab, \u0000 null, \u001b escape, \u007f delete, \ufeff byte order mark',
  '<script>alert("x")</script> &amp; %20 %5B%5D + 100%',
  ' leading and trailing space ',
  '',
  'The next step is to compare the three plans.',
  'Done: 12 files changed, 340 insertions, 27 deletions.',
] as const

/** About 20 kB of mixed text in one value. */
export const longText = 'Ein langer Satz, 一个很长的句子, a long sentence. '.repeat(350)
