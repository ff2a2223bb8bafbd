import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';

export const xpathRule = sinkRule({
  id: 'PW-RS-XPATH',
  title: 'An XPath expression holds what someone else gave',
  category: 'other',
  cwe: 643,
  severity: 'warning',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'Quotes in the text change what the expression selects, and with it what a test or a look-up lets through.',
    remedy: 'Compile a fixed expression and bind values as variables.',
    bad: `fn find(package: &sxd_document::Package, name: &str) {
    let value = sxd_xpath::evaluate_xpath(&package.as_document(), &format!("//user[@name='{}']", name));
}`,
    good: `fn find(package: &sxd_document::Package) {
    let value = sxd_xpath::evaluate_xpath(&package.as_document(), "//user/@name");
}`,
  },
  does: 'becomes part of an XPath expression',
  sinks: [
    {
      call: calls(
        'sxd_xpath.Factory.build xee_xpath.Queries.one libxml.xpath.Context.evaluate libxml.xpath.Context.findnodes skyscraper.xpath.parse',
      ),
      from: 'built',
    },
    { call: calls('sxd_xpath.evaluate_xpath'), argument: 1, from: 'built' },
  ],
});
