import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';

export const regexRule = sinkRule({
  id: 'PW-RS-REGEX',
  title: 'A regular expression of someone else’s choice is compiled',
  category: 'other',
  cwe: 1333,
  severity: 'warning',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'A huge or nested pattern takes memory and time without end; and a pattern decides what passes the test that it stands for.',
    remedy: 'Escape with `regex::escape`, compile fixed patterns, or set `size_limit`.',
    bad: `async fn search(axum::extract::Query(pattern): axum::extract::Query<String>) {
    let re = regex::Regex::new(&pattern);
}`,
    good: `async fn search(axum::extract::Query(word): axum::extract::Query<String>) {
    let re = regex::Regex::new(&regex::escape(&word));
}`,
  },
  does: 'is compiled as a regular expression',
  sinks: [
    {
      call: calls(
        'regex.Regex.new regex.RegexBuilder.new regex.bytes.Regex.new regex.RegexSet.new fancy_regex.Regex.new onig.Regex.new pcre2.bytes.Regex.new regex_lite.Regex.new regex.bytes.RegexBuilder.new',
      ),
      from: 'local',
    },
  ],
});
